import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const pinstripes: Provider = {
  name: 'pinstripes',
  matches: ({ host }) => isWithin(host, 'pinstripes.io'),
}
