import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const revAi: Provider = {
  name: 'rev_ai',
  matches: ({ host }) => isWithin(host, 'rev.ai'),
}
