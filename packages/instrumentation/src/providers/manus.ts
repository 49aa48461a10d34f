import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const manus: Provider = {
  name: 'manus',
  matches: ({ host }) => isWithin(host, 'manus.im'),
}
