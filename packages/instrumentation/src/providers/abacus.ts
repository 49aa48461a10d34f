import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const abacus: Provider = {
  name: 'abacus',
  matches: ({ host }) => isWithin(host, 'abacus.ai'),
}
