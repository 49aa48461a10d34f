import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const wally: Provider = {
  name: 'wally',
  matches: ({ host }) => isWithin(host, 'runanywhere.ai'),
}
