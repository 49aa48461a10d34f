import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const meganova: Provider = {
  name: 'meganova',
  matches: ({ host }) => isWithin(host, 'meganova.ai'),
}
