import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const hicap: Provider = {
  name: 'hicap',
  matches: ({ host }) => isWithin(host, 'hicap.ai'),
}
