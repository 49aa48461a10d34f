import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const inco: Provider = {
  name: 'inco',
  matches: ({ host }) => isWithin(host, 'inco.ai'),
}
