import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const subconscious: Provider = {
  name: 'subconscious',
  matches: ({ host }) => isWithin(host, 'subconscious.dev'),
}
