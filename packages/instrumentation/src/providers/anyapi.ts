import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const anyapi: Provider = {
  name: 'anyapi',
  matches: ({ host }) => isWithin(host, 'anyapi.ai'),
}
