import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const frogbot: Provider = {
  name: 'frogbot',
  matches: ({ host }) => isWithin(host, 'frogbot.ai'),
}
