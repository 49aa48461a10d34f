import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const letta: Provider = {
  name: 'letta',
  matches: ({ host }) => isWithin(host, 'letta.com'),
}
