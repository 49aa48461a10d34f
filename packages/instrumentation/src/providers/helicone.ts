import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const helicone: Provider = {
  name: 'helicone',
  matches: ({ host }) => isWithin(host, 'helicone.ai') || isWithin(host, 'hconeai.com'),
}
