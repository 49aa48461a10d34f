import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const replicate: Provider = {
  name: 'replicate',
  matches: ({ host }) => isWithin(host, 'replicate.com'),
}
