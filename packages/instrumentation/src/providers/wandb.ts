import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const wandb: Provider = {
  name: 'wandb',
  matches: ({ host }) => isWithin(host, 'inference.wandb.ai'),
}
