import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const inception: Provider = {
  name: 'inception',
  matches: ({ host }) => isWithin(host, 'inceptionlabs.ai'),
}
