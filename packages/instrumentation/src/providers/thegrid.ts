import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const thegrid: Provider = {
  name: 'thegrid',
  matches: ({ host }) => isWithin(host, 'thegrid.ai'),
}
