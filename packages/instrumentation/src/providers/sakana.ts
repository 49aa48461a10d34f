import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const sakana: Provider = {
  name: 'sakana',
  matches: ({ host }) => isWithin(host, 'sakana.ai'),
}
