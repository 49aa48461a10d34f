import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const ambient: Provider = {
  name: 'ambient',
  matches: ({ host }) => isWithin(host, 'ambient.xyz'),
}
