import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const agentrouter: Provider = {
  name: 'agentrouter',
  matches: ({ host }) => isWithin(host, 'agentrouter.org'),
}
