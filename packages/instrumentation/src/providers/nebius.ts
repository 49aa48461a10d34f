import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const nebius: Provider = {
  name: 'nebius',
  matches: ({ host }) => isWithin(host, 'nebius.com') || isWithin(host, 'nebius.ai'),
}
