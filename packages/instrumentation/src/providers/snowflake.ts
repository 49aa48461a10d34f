import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** Its accounts' hosts, and the paths of Cortex behind a gateway. */
export const snowflake: Provider = {
  name: 'snowflake',
  matches: ({ host, path }) =>
    isWithin(host, 'snowflakecomputing.com') ||
    isWithin(host, 'snowflake.com') ||
    path.includes('/api/v2/cortex/'),
}
