import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const hume: Provider = {
  name: 'hume',
  matches: ({ host }) => isWithin(host, 'hume.ai'),
}
