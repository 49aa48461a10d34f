import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const nscale: Provider = {
  name: 'nscale',
  matches: ({ host }) => isWithin(host, 'nscale.com'),
}
