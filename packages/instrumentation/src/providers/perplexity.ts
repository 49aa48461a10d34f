import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const perplexity: Provider = {
  name: 'perplexity',
  matches: ({ host, path }) => isWithin(host, 'perplexity.ai') || isPassedOnTo(host, path, '/perplexity-ai/'),
}
