import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const stabilityAi: Provider = {
  name: 'stability_ai',
  matches: ({ host }) => isWithin(host, 'stability.ai'),
}
