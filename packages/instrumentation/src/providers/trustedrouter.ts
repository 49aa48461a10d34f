import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const trustedrouter: Provider = {
  name: 'trustedrouter',
  matches: ({ host }) => isWithin(host, 'trustedrouter.com'),
}
