import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const baseten: Provider = {
  name: 'baseten',
  matches: ({ host, path }) => isWithin(host, 'baseten.co') || isPassedOnTo(host, path, '/baseten/'),
}
