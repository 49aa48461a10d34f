import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const refuseless: Provider = {
  name: 'refuseless',
  matches: ({ host }) => isWithin(host, 'refuseless.com'),
}
