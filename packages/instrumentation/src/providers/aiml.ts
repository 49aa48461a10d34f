import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const aiml: Provider = {
  name: 'aiml',
  matches: ({ host }) => isWithin(host, 'aimlapi.com'),
}
