import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const cometapi: Provider = {
  name: 'cometapi',
  matches: ({ host }) => isWithin(host, 'cometapi.com'),
}
