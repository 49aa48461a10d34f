import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const chutes: Provider = {
  name: 'chutes',
  matches: ({ host }) => isWithin(host, 'chutes.ai'),
}
