import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const longcat: Provider = {
  name: 'longcat',
  matches: ({ host }) => isWithin(host, 'longcat.chat'),
}
