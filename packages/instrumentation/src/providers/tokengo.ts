import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const tokengo: Provider = {
  name: 'tokengo',
  matches: ({ host }) => isWithin(host, 'tokengo.com'),
}
