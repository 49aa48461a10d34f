import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const nadir: Provider = {
  name: 'nadir',
  matches: ({ host }) => isWithin(host, 'getnadir.com'),
}
