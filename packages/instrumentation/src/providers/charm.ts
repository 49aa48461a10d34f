import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const charm: Provider = {
  name: 'charm',
  matches: ({ host }) => isWithin(host, 'charm.land'),
}
