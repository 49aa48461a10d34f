import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const deepseek: Provider = {
  name: 'deepseek',
  matches: ({ host }) => isWithin(host, 'deepseek.com'),
}
