import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const maritaca: Provider = {
  name: 'maritaca',
  matches: ({ host }) => isWithin(host, 'maritaca.ai'),
}
