import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const drun: Provider = {
  name: 'drun',
  matches: ({ host }) => isWithin(host, 'd.run'),
}
