import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const stackit: Provider = {
  name: 'stackit',
  matches: ({ host }) => isWithin(host, 'onstackit.cloud'),
}
