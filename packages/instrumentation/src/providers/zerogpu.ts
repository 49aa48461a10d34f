import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const zerogpu: Provider = {
  name: 'zerogpu',
  matches: ({ host }) => isWithin(host, 'zerogpu.ai'),
}
