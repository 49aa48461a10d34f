import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const infiniAi: Provider = {
  name: 'infini_ai',
  matches: ({ host }) => isWithin(host, 'infini-ai.com'),
}
