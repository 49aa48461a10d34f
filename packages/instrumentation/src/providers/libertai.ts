import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const libertai: Provider = {
  name: 'libertai',
  matches: ({ host }) => isWithin(host, 'libertai.io'),
}
