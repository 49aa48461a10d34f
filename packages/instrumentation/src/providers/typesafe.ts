import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const typesafe: Provider = {
  name: 'typesafe',
  matches: ({ host }) => isWithin(host, 'typesafe.ai'),
}
