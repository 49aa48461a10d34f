import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const vultr: Provider = {
  name: 'vultr',
  matches: ({ host }) => isWithin(host, 'vultrinference.com'),
}
