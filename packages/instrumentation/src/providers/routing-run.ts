import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const routingRun: Provider = {
  name: 'routing_run',
  matches: ({ host }) => isWithin(host, 'routing.run'),
}
