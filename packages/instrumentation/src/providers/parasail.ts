import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const parasail: Provider = {
  name: 'parasail',
  matches: ({ host }) => isWithin(host, 'parasail.io'),
}
