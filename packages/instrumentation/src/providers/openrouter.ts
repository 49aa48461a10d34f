import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const openrouter: Provider = {
  name: 'openrouter',
  matches: ({ host, path }) => isWithin(host, 'openrouter.ai') || isPassedOnTo(host, path, '/openrouter/'),
}
