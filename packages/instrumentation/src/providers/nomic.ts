import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const nomic: Provider = {
  name: 'nomic',
  matches: ({ host }) => isWithin(host, 'nomic.ai'),
}
