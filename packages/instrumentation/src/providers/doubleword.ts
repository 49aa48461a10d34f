import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const doubleword: Provider = {
  name: 'doubleword',
  matches: ({ host }) => isWithin(host, 'doubleword.ai'),
}
