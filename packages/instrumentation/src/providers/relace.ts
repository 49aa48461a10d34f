import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const relace: Provider = {
  name: 'relace',
  matches: ({ host }) => isWithin(host, 'relace.run'),
}
