import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const fastrouter: Provider = {
  name: 'fastrouter',
  matches: ({ host }) => isWithin(host, 'fastrouter.ai'),
}
