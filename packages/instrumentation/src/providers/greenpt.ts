import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const greenpt: Provider = {
  name: 'greenpt',
  matches: ({ host }) => isWithin(host, 'greenpt.ai'),
}
