import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const darkbloom: Provider = {
  name: 'darkbloom',
  matches: ({ host }) => isWithin(host, 'darkbloom.dev'),
}
