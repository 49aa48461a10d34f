import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const inferx: Provider = {
  name: 'inferx',
  matches: ({ host }) => isWithin(host, 'inferx.net'),
}
