import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const gmi: Provider = {
  name: 'gmi',
  matches: ({ host }) => isWithin(host, 'gmi-serving.com'),
}
