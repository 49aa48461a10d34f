import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const aiand: Provider = {
  name: 'aiand',
  matches: ({ host }) => isWithin(host, 'aiand.com'),
}
