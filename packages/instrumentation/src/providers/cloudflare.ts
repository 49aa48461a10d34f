import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const cloudflare: Provider = {
  name: 'cloudflare',
  matches: ({ host }) => isWithin(host, 'cloudflare.com'),
}
