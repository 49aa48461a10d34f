import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const sail: Provider = {
  name: 'sail',
  matches: ({ host }) => isWithin(host, 'sailresearch.com'),
}
