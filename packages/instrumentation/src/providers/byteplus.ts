import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const byteplus: Provider = {
  name: 'byteplus',
  matches: ({ host }) => isWithin(host, 'bytepluses.com'),
}
