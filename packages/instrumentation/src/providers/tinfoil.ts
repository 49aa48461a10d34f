import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const tinfoil: Provider = {
  name: 'tinfoil',
  matches: ({ host }) => isWithin(host, 'tinfoil.sh'),
}
