import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const neosantara: Provider = {
  name: 'neosantara',
  matches: ({ host }) => isWithin(host, 'neosantara.xyz'),
}
