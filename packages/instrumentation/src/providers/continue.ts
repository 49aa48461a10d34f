import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const continueDev: Provider = {
  name: 'continue',
  matches: ({ host }) => isWithin(host, 'continue.dev'),
}
