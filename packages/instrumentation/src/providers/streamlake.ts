import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const streamlake: Provider = {
  name: 'streamlake',
  matches: ({ host }) => isWithin(host, 'streamlake.ai') || isWithin(host, 'streamlakeapi.com'),
}
