import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const salesforce: Provider = {
  name: 'salesforce',
  matches: ({ host }) => isWithin(host, 'api.salesforce.com'),
}
