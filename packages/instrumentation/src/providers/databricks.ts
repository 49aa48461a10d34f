import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** Its workspaces' hosts, and their model serving behind a gateway. */
export const databricks: Provider = {
  name: 'databricks',
  matches: ({ host, path }) =>
    isWithin(host, 'databricks.com') ||
    isWithin(host, 'azuredatabricks.net') ||
    path.includes('/serving-endpoints/'),
}
