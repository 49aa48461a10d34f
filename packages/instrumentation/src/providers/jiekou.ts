import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const jiekou: Provider = {
  name: 'jiekou',
  matches: ({ host }) => isWithin(host, 'jiekou.ai'),
}
