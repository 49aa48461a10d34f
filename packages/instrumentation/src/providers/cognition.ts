import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const cognition: Provider = {
  name: 'cognition',
  matches: ({ host }) => isWithin(host, 'cognition.ai'),
}
