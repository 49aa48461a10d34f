import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const groq: Provider = {
  name: 'groq',
  matches: ({ host }) => isWithin(host, 'groq.com'),
}
