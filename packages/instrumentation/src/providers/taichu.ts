import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const taichu: Provider = {
  name: 'taichu',
  matches: ({ host }) => isWithin(host, 'wair.ac.cn') || isWithin(host, 'zidongtaichu.com'),
}
