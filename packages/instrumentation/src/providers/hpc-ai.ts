import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const hpcAi: Provider = {
  name: 'hpc_ai',
  matches: ({ host }) => isWithin(host, 'hpc-ai.com'),
}
