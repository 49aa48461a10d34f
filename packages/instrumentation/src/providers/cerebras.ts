import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const cerebras: Provider = {
  name: 'cerebras',
  matches: ({ host, path }) => isWithin(host, 'cerebras.ai') || isPassedOnTo(host, path, '/cerebras/'),
}
