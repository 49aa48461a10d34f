import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const cerebras: Provider = {
  name: 'cerebras',
  matches: ({ host }) => isWithin(host, 'cerebras.ai'),
}
