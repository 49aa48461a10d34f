import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const edenAi: Provider = {
  name: 'edenai',
  matches: ({ host }) => isWithin(host, 'edenai.run'),
}
