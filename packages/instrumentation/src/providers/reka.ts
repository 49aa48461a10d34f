import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const reka: Provider = {
  name: 'reka',
  matches: ({ host }) => isWithin(host, 'reka.ai'),
}
