import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const xAi: Provider = {
  name: 'x_ai',
  matches: ({ host, path }) => isWithin(host, 'x.ai') || isPassedOnTo(host, path, '/grok/'),
}
