import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const amazonNova: Provider = {
  name: 'amazon_nova',
  matches: ({ host }) => isWithin(host, 'nova.amazon.com'),
}
