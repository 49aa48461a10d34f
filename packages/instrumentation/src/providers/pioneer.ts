import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const pioneer: Provider = {
  name: 'pioneer',
  matches: ({ host }) => isWithin(host, 'pioneer.ai'),
}
