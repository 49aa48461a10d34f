import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const speechmatics: Provider = {
  name: 'speechmatics',
  matches: ({ host }) => isWithin(host, 'speechmatics.com'),
}
