import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const lemonfox: Provider = {
  name: 'lemonfox',
  matches: ({ host }) => isWithin(host, 'lemonfox.ai'),
}
