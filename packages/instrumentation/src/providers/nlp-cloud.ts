import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const nlpCloud: Provider = {
  name: 'nlp_cloud',
  matches: ({ host }) => isWithin(host, 'nlpcloud.io') || isWithin(host, 'nlpcloud.com'),
}
