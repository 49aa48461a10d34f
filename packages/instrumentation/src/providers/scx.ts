import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const scx: Provider = {
  name: 'scx',
  matches: ({ host }) => isWithin(host, 'scx.ai'),
}
