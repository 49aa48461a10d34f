import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const standardCompute: Provider = {
  name: 'standard_compute',
  matches: ({ host }) => isWithin(host, 'stdcmpt.com'),
}
