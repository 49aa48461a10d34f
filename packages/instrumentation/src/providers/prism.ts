import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const prism: Provider = {
  name: 'prism',
  matches: ({ host }) => isWithin(host, 'prisminference.com'),
}
