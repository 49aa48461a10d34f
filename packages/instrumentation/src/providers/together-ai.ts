import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const togetherAi: Provider = {
  name: 'together_ai',
  matches: ({ host }) => isWithin(host, 'together.xyz') || isWithin(host, 'together.ai'),
}
