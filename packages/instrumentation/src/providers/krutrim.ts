import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const krutrim: Provider = {
  name: 'krutrim',
  matches: ({ host }) => isWithin(host, 'olakrutrim.com'),
}
