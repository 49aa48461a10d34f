import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const lepton: Provider = {
  name: 'lepton',
  matches: ({ host }) => isWithin(host, 'lepton.run'),
}
