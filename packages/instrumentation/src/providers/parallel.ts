import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const parallel: Provider = {
  name: 'parallel',
  matches: ({ host }) => isWithin(host, 'parallel.ai'),
}
