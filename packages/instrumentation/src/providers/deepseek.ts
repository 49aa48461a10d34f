import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const deepseek: Provider = {
  name: 'deepseek',
  matches: ({ host, path }) => isWithin(host, 'deepseek.com') || isPassedOnTo(host, path, '/deepseek/'),
}
