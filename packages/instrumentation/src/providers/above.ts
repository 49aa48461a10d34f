import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const above: Provider = {
  name: 'above',
  matches: ({ host }) => isWithin(host, 'above.dev'),
}
