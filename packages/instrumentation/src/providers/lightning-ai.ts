import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const lightningAi: Provider = {
  name: 'lightning_ai',
  matches: ({ host }) => isWithin(host, 'lightning.ai'),
}
