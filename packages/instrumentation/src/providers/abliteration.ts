import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const abliteration: Provider = {
  name: 'abliteration',
  matches: ({ host }) => isWithin(host, 'abliteration.ai'),
}
