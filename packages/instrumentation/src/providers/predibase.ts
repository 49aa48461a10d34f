import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const predibase: Provider = {
  name: 'predibase',
  matches: ({ host }) => isWithin(host, 'predibase.com'),
}
