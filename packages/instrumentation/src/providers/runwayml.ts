import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const runwayml: Provider = {
  name: 'runwayml',
  matches: ({ host }) => isWithin(host, 'runwayml.com'),
}
