import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const avian: Provider = {
  name: 'avian',
  matches: ({ host }) => isWithin(host, 'avian.io'),
}
