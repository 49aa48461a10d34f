import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const cortecs: Provider = {
  name: 'cortecs',
  matches: ({ host }) => isWithin(host, 'cortecs.ai'),
}
