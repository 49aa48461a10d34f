import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const kilo: Provider = {
  name: 'kilo',
  matches: ({ host }) => isWithin(host, 'kilo.ai'),
}
