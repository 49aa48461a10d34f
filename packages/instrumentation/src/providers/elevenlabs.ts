import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const elevenlabs: Provider = {
  name: 'elevenlabs',
  matches: ({ host, path }) => isWithin(host, 'elevenlabs.io') || isPassedOnTo(host, path, '/elevenlabs/'),
}
