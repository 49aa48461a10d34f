import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const rime: Provider = {
  name: 'rime',
  matches: ({ host }) => isWithin(host, 'rime.ai'),
}
