import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const umans: Provider = {
  name: 'umans',
  matches: ({ host }) => isWithin(host, 'umans.ai'),
}
