import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const nvidia: Provider = {
  name: 'nvidia',
  matches: ({ host }) => isWithin(host, 'api.nvidia.com'),
}
