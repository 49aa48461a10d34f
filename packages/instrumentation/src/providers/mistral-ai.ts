import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const mistralAi: Provider = {
  name: 'mistral_ai',
  matches: ({ host, path }) => isWithin(host, 'mistral.ai') || isPassedOnTo(host, path, '/mistral/'),
}
