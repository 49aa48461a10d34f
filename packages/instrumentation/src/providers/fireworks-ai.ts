import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const fireworksAi: Provider = {
  name: 'fireworks_ai',
  matches: ({ host }) => isWithin(host, 'fireworks.ai'),
}
