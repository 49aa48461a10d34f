import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const threeZeroTwoAi: Provider = {
  name: '302ai',
  matches: ({ host }) => isWithin(host, '302.ai'),
}
