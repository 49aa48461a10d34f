import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const minimax: Provider = {
  name: 'minimax',
  matches: ({ host }) =>
    isWithin(host, 'minimax.io') ||
    isWithin(host, 'minimaxi.com') ||
    isWithin(host, 'minimax.cn') ||
    isWithin(host, 'minimax.chat'),
}
