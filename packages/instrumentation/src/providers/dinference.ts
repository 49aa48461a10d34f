import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const dinference: Provider = {
  name: 'dinference',
  matches: ({ host }) => isWithin(host, 'dinference.com'),
}
