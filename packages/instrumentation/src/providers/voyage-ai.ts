import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const voyageAi: Provider = {
  name: 'voyage_ai',
  matches: ({ host }) => isWithin(host, 'voyageai.com'),
}
