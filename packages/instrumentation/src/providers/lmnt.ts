import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const lmnt: Provider = {
  name: 'lmnt',
  matches: ({ host }) => isWithin(host, 'lmnt.com'),
}
