import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const zeroOneAi: Provider = {
  name: '01_ai',
  matches: ({ host }) => isWithin(host, 'lingyiwanwu.com'),
}
