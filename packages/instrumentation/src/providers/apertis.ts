import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const apertis: Provider = {
  name: 'apertis',
  matches: ({ host }) => isWithin(host, 'stima.tech'),
}
