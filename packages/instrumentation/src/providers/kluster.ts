import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const kluster: Provider = {
  name: 'kluster',
  matches: ({ host }) => isWithin(host, 'kluster.ai'),
}
