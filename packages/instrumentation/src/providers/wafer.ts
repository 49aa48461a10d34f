import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const wafer: Provider = {
  name: 'wafer',
  matches: ({ host }) => isWithin(host, 'wafer.ai'),
}
