import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const mixlayer: Provider = {
  name: 'mixlayer',
  matches: ({ host }) => isWithin(host, 'mixlayer.ai'),
}
