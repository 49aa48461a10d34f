import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const inferenceNet: Provider = {
  name: 'inference_net',
  matches: ({ host }) => isWithin(host, 'inference.net'),
}
