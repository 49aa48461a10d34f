import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const zenmux: Provider = {
  name: 'zenmux',
  matches: ({ host }) => isWithin(host, 'zenmux.ai'),
}
