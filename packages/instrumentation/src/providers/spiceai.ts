import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const spiceai: Provider = {
  name: 'spiceai',
  matches: ({ host }) => isWithin(host, 'spiceai.io'),
}
