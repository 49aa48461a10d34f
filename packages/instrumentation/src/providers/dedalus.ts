import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const dedalus: Provider = {
  name: 'dedalus',
  matches: ({ host }) => isWithin(host, 'dedaluslabs.ai'),
}
