import { isServiceNamed } from './hosts.ts'
import type { Provider } from './types.ts'

export const gpustack: Provider = {
  name: 'gpustack',
  matches: ({ host }) => isServiceNamed(host, 'gpustack'),
}
