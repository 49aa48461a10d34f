import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const hetzner: Provider = {
  name: 'hetzner',
  matches: ({ host }) => isWithin(host, 'inference.hetzner.com'),
}
