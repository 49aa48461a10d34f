import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const contextualAi: Provider = {
  name: 'contextual_ai',
  matches: ({ host }) => isWithin(host, 'contextual.ai'),
}
