import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const ovhcloud: Provider = {
  name: 'ovhcloud',
  matches: ({ host }) => isWithin(host, 'cloud.ovh.net'),
}
