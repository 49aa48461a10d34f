import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const pollinations: Provider = {
  name: 'pollinations',
  matches: ({ host }) => isWithin(host, 'pollinations.ai'),
}
