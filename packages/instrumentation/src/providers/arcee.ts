import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const arcee: Provider = {
  name: 'arcee',
  matches: ({ host }) => isWithin(host, 'arcee.ai'),
}
