import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const prodia: Provider = {
  name: 'prodia',
  matches: ({ host }) => isWithin(host, 'prodia.com'),
}
