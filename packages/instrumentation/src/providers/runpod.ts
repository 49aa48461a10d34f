import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const runpod: Provider = {
  name: 'runpod',
  matches: ({ host }) => isWithin(host, 'runpod.ai'),
}
