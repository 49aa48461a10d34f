import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const volcengine: Provider = {
  name: 'volcengine',
  matches: ({ host }) => isWithin(host, 'volces.com'),
}
