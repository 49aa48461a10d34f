import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const targon: Provider = {
  name: 'targon',
  matches: ({ host }) => isWithin(host, 'targon.com'),
}
