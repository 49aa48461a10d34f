import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const poolside: Provider = {
  name: 'poolside',
  matches: ({ host }) => isWithin(host, 'poolside.ai'),
}
