import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const writer: Provider = {
  name: 'writer',
  matches: ({ host }) => isWithin(host, 'writer.com'),
}
