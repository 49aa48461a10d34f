import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const poe: Provider = {
  name: 'poe',
  matches: ({ host }) => isWithin(host, 'poe.com'),
}
