import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const openrouter: Provider = {
  name: 'openrouter',
  matches: ({ host }) => isWithin(host, 'openrouter.ai'),
}
