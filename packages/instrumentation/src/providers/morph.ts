import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const morph: Provider = {
  name: 'morph',
  matches: ({ host }) => isWithin(host, 'morphllm.com'),
}
