import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const luma: Provider = {
  name: 'luma',
  matches: ({ host }) => isWithin(host, 'lumalabs.ai'),
}
