import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const vivgrid: Provider = {
  name: 'vivgrid',
  matches: ({ host }) => isWithin(host, 'vivgrid.com'),
}
