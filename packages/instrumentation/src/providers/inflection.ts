import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const inflection: Provider = {
  name: 'inflection',
  matches: ({ host }) => isWithin(host, 'inflection.ai'),
}
