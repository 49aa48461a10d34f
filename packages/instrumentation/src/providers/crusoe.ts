import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const crusoe: Provider = {
  name: 'crusoe',
  matches: ({ host }) => isWithin(host, 'crusoecloud.com') || isWithin(host, 'crusoe.ai'),
}
