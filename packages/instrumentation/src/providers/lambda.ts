import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const lambda: Provider = {
  name: 'lambda',
  matches: ({ host }) => isWithin(host, 'lambda.ai') || isWithin(host, 'lambdalabs.com'),
}
