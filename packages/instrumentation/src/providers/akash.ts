import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const akash: Provider = {
  name: 'akash',
  matches: ({ host }) => isWithin(host, 'akash.network') || isWithin(host, 'akashml.com'),
}
