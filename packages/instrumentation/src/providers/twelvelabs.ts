import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const twelvelabs: Provider = {
  name: 'twelvelabs',
  matches: ({ host }) => isWithin(host, 'twelvelabs.io'),
}
