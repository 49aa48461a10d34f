import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const llamagate: Provider = {
  name: 'llamagate',
  matches: ({ host }) => isWithin(host, 'llamagate.dev'),
}
