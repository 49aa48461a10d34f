import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const akiIo: Provider = {
  name: 'aki_io',
  matches: ({ host }) => isWithin(host, 'aki.io'),
}
