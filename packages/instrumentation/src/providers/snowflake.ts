import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const snowflake: Provider = {
  name: 'snowflake',
  matches: ({ host }) => isWithin(host, 'snowflakecomputing.com') || isWithin(host, 'snowflake.com'),
}
