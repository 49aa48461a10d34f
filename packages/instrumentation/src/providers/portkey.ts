import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const portkey: Provider = {
  name: 'portkey',
  matches: ({ host }) => isWithin(host, 'portkey.ai'),
}
