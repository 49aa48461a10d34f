import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const gladia: Provider = {
  name: 'gladia',
  matches: ({ host }) => isWithin(host, 'gladia.io'),
}
