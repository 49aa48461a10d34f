import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const alephAlpha: Provider = {
  name: 'aleph_alpha',
  matches: ({ host }) => isWithin(host, 'aleph-alpha.com'),
}
