import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const charityEngine: Provider = {
  name: 'charity_engine',
  matches: ({ host }) => isWithin(host, 'charityengine.services'),
}
