import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const opper: Provider = {
  name: 'opper',
  matches: ({ host }) => isWithin(host, 'opper.ai'),
}
