import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const galadriel: Provider = {
  name: 'galadriel',
  matches: ({ host }) => isWithin(host, 'galadriel.com') || isWithin(host, 'galadriel.ai'),
}
