import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const tokenrouter: Provider = {
  name: 'tokenrouter',
  matches: ({ host }) => isWithin(host, 'tokenrouter.com'),
}
