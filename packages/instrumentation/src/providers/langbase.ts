import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const langbase: Provider = {
  name: 'langbase',
  matches: ({ host }) => isWithin(host, 'langbase.com'),
}
