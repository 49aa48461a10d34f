import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const murf: Provider = {
  name: 'murf',
  matches: ({ host }) => isWithin(host, 'murf.ai'),
}
