import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const empiriolabs: Provider = {
  name: 'empiriolabs',
  matches: ({ host }) => isWithin(host, 'empiriolabs.ai'),
}
