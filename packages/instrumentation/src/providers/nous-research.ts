import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const nousResearch: Provider = {
  name: 'nous_research',
  matches: ({ host }) => isWithin(host, 'nousresearch.com'),
}
