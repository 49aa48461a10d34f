import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const friendliAi: Provider = {
  name: 'friendli_ai',
  matches: ({ host }) => isWithin(host, 'friendli.ai'),
}
