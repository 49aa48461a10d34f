import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const runware: Provider = {
  name: 'runware',
  matches: ({ host }) => isWithin(host, 'runware.ai'),
}
