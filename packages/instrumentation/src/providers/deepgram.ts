import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const deepgram: Provider = {
  name: 'deepgram',
  matches: ({ host }) => isWithin(host, 'deepgram.com'),
}
