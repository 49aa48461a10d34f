import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const v0: Provider = {
  name: 'v0',
  matches: ({ host }) => isWithin(host, 'v0.dev'),
}
