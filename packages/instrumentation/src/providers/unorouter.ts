import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const unorouter: Provider = {
  name: 'unorouter',
  matches: ({ host }) => isWithin(host, 'unorouter.com'),
}
