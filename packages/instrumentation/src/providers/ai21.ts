import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const ai21: Provider = {
  name: 'ai21',
  matches: ({ host }) => isWithin(host, 'ai21.com'),
}
