import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const orcarouter: Provider = {
  name: 'orcarouter',
  matches: ({ host }) => isWithin(host, 'orcarouter.ai'),
}
