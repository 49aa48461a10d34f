import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const novita: Provider = {
  name: 'novita',
  matches: ({ host }) => isWithin(host, 'novita.ai'),
}
