import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const deepbricks: Provider = {
  name: 'deepbricks',
  matches: ({ host }) => isWithin(host, 'deepbricks.ai'),
}
