import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const elevenlabs: Provider = {
  name: 'elevenlabs',
  matches: ({ host }) => isWithin(host, 'elevenlabs.io'),
}
