import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const ofox: Provider = {
  name: 'ofox',
  matches: ({ host }) => isWithin(host, 'ofox.ai'),
}
