import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const groq: Provider = {
  name: 'groq',
  matches: ({ host, path }) => isWithin(host, 'groq.com') || isPassedOnTo(host, path, '/groq/'),
}
