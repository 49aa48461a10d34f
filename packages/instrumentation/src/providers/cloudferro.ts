import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const cloudferro: Provider = {
  name: 'cloudferro',
  matches: ({ host }) => isWithin(host, 'cloudferro.com'),
}
