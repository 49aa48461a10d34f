import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const falAi: Provider = {
  name: 'fal_ai',
  matches: ({ host }) => isWithin(host, 'fal.run'),
}
