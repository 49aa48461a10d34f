import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const scaleway: Provider = {
  name: 'scaleway',
  matches: ({ host }) => isWithin(host, 'scaleway.ai'),
}
