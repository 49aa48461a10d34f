import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const infomaniak: Provider = {
  name: 'infomaniak',
  matches: ({ host }) => isWithin(host, 'infomaniak.com'),
}
