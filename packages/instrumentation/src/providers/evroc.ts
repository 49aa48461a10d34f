import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const evroc: Provider = {
  name: 'evroc',
  matches: ({ host }) => isWithin(host, 'evroc.com'),
}
