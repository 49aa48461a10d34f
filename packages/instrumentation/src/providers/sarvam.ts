import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const sarvam: Provider = {
  name: 'sarvam',
  matches: ({ host }) => isWithin(host, 'sarvam.ai'),
}
