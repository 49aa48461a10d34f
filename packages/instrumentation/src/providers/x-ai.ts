import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const xAi: Provider = {
  name: 'x_ai',
  matches: ({ host }) => isWithin(host, 'x.ai'),
}
