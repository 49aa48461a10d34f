import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const mistralAi: Provider = {
  name: 'mistral_ai',
  matches: ({ host }) => isWithin(host, 'mistral.ai'),
}
