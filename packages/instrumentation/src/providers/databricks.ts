import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const databricks: Provider = {
  name: 'databricks',
  matches: ({ host }) => isWithin(host, 'databricks.com') || isWithin(host, 'azuredatabricks.net'),
}
