import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const inferenceapis: Provider = {
  name: 'inferenceapis',
  matches: ({ host }) => isWithin(host, 'inferenceapis.com'),
}
