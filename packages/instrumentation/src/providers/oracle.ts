import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const oracle: Provider = {
  name: 'oracle',
  matches: ({ host }) => isWithin(host, 'oci.oraclecloud.com'),
}
