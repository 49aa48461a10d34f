import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const vercel: Provider = {
  name: 'vercel',
  matches: ({ host }) => isWithin(host, 'ai-gateway.vercel.sh'),
}
