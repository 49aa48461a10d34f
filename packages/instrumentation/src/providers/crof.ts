import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const crof: Provider = {
  name: 'crof',
  matches: ({ host }) => isWithin(host, 'crof.ai'),
}
