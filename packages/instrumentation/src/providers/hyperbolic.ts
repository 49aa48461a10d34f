import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const hyperbolic: Provider = {
  name: 'hyperbolic',
  matches: ({ host }) => isWithin(host, 'hyperbolic.xyz'),
}
