import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const pinecone: Provider = {
  name: 'pinecone',
  matches: ({ host }) => isWithin(host, 'pinecone.io'),
}
