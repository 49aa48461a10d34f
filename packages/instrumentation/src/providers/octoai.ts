import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const octoai: Provider = {
  name: 'octoai',
  matches: ({ host }) => isWithin(host, 'octoai.run'),
}
