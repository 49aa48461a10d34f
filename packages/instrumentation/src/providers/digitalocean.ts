import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const digitalocean: Provider = {
  name: 'digitalocean',
  matches: ({ host }) => isWithin(host, 'do-ai.run'),
}
