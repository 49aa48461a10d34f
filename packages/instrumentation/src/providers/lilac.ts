import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const lilac: Provider = {
  name: 'lilac',
  matches: ({ host }) => isWithin(host, 'getlilac.com'),
}
