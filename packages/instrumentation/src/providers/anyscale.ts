import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const anyscale: Provider = {
  name: 'anyscale',
  matches: ({ host }) => isWithin(host, 'endpoints.anyscale.com'),
}
