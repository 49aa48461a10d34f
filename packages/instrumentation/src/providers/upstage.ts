import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const upstage: Provider = {
  name: 'upstage',
  matches: ({ host }) => isWithin(host, 'upstage.ai'),
}
