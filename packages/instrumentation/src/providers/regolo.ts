import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const regolo: Provider = {
  name: 'regolo',
  matches: ({ host }) => isWithin(host, 'regolo.ai'),
}
