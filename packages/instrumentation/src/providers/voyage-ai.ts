import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** On its own, and as a part of MongoDB Atlas. */
export const voyageAi: Provider = {
  name: 'voyage_ai',
  matches: ({ host }) => isWithin(host, 'voyageai.com') || host === 'ai.mongodb.com',
}
