import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const cartesia: Provider = {
  name: 'cartesia',
  matches: ({ host }) => isWithin(host, 'cartesia.ai'),
}
