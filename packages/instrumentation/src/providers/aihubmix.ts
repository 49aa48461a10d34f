import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const aihubmix: Provider = {
  name: 'aihubmix',
  matches: ({ host }) => isWithin(host, 'aihubmix.com'),
}
