import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const crossmodel: Provider = {
  name: 'crossmodel',
  matches: ({ host }) => isWithin(host, 'crossmodel.ai'),
}
