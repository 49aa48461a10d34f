import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const impossibl: Provider = {
  name: 'impossibl',
  matches: ({ host }) => isWithin(host, 'impossibl.com'),
}
