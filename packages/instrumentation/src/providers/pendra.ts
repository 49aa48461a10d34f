import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const pendra: Provider = {
  name: 'pendra',
  matches: ({ host }) => isWithin(host, 'pendra.ai'),
}
