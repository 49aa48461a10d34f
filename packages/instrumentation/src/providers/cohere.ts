import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const cohere: Provider = {
  name: 'cohere',
  matches: ({ host }) => isWithin(host, 'cohere.com') || isWithin(host, 'cohere.ai'),
}
