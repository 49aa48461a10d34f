import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const perplexity: Provider = {
  name: 'perplexity',
  matches: ({ host }) => isWithin(host, 'perplexity.ai'),
}
