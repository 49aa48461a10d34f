import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const replicate: Provider = {
  name: 'replicate',
  matches: ({ host, path }) => isWithin(host, 'replicate.com') || isPassedOnTo(host, path, '/replicate/'),
}
