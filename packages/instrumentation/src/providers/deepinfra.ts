import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const deepinfra: Provider = {
  name: 'deepinfra',
  matches: ({ host }) => isWithin(host, 'deepinfra.com'),
}
