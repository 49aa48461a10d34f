import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const meta: Provider = {
  name: 'meta',
  matches: ({ host }) => isWithin(host, 'api.meta.ai') || isWithin(host, 'api.llama.com'),
}
