import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const venice: Provider = {
  name: 'venice',
  matches: ({ host }) => isWithin(host, 'venice.ai'),
}
