import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const cohere: Provider = {
  name: 'cohere',
  matches: ({ host, path }) =>
    isWithin(host, 'cohere.com') || isWithin(host, 'cohere.ai') || isPassedOnTo(host, path, '/cohere/'),
}
