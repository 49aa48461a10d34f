import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const neuralwatt: Provider = {
  name: 'neuralwatt',
  matches: ({ host }) => isWithin(host, 'neuralwatt.com'),
}
