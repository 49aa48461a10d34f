import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const blackForestLabs: Provider = {
  name: 'black_forest_labs',
  matches: ({ host }) => isWithin(host, 'bfl.ai'),
}
