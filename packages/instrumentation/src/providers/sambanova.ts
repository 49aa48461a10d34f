import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const sambanova: Provider = {
  name: 'sambanova',
  matches: ({ host }) => isWithin(host, 'sambanova.ai'),
}
