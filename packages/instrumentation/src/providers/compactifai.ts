import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const compactifai: Provider = {
  name: 'compactifai',
  matches: ({ host }) => isWithin(host, 'compactif.ai'),
}
