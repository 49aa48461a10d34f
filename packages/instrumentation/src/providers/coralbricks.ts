import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const coralbricks: Provider = {
  name: 'coralbricks',
  matches: ({ host }) => isWithin(host, 'coralbricks.ai'),
}
