import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const inworld: Provider = {
  name: 'inworld',
  matches: ({ host }) => isWithin(host, 'inworld.ai'),
}
