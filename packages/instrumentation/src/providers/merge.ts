import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const merge: Provider = {
  name: 'merge',
  matches: ({ host }) => isWithin(host, 'api-gateway.merge.dev'),
}
