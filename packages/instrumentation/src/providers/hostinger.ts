import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const hostinger: Provider = {
  name: 'hostinger',
  matches: ({ host }) => isWithin(host, 'router.hostinger.com'),
}
