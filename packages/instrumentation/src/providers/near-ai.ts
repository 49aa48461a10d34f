import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const nearAi: Provider = {
  name: 'near_ai',
  matches: ({ host }) => isWithin(host, 'near.ai'),
}
