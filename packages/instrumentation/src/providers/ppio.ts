import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const ppio: Provider = {
  name: 'ppio',
  matches: ({ host }) => isWithin(host, 'ppio.com') || isWithin(host, 'ppinfra.com'),
}
