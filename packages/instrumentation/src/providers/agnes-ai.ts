import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const agnesAi: Provider = {
  name: 'agnes_ai',
  matches: ({ host }) => isWithin(host, 'agnes-ai.com'),
}
