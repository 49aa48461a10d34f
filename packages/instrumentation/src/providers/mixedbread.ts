import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const mixedbread: Provider = {
  name: 'mixedbread',
  matches: ({ host }) => isWithin(host, 'mixedbread.com') || isWithin(host, 'mixedbread.ai'),
}
