import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const melious: Provider = {
  name: 'melious',
  matches: ({ host }) => isWithin(host, 'melious.ai'),
}
