import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const publicai: Provider = {
  name: 'publicai',
  matches: ({ host }) => isWithin(host, 'publicai.co'),
}
