import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const speechify: Provider = {
  name: 'speechify',
  matches: ({ host }) => isWithin(host, 'speechify.ai'),
}
