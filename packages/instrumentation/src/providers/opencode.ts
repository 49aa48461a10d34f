import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const opencode: Provider = {
  name: 'opencode',
  matches: ({ host }) => isWithin(host, 'opencode.ai'),
}
