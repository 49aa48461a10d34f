import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const openinfer: Provider = {
  name: 'openinfer',
  matches: ({ host }) => isWithin(host, 'openinfer.ai'),
}
