import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const berget: Provider = {
  name: 'berget',
  matches: ({ host }) => isWithin(host, 'berget.ai'),
}
