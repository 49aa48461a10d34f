import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const lighton: Provider = {
  name: 'lighton',
  matches: ({ host }) => isWithin(host, 'lighton.ai'),
}
