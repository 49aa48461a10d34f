import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const baseten: Provider = {
  name: 'baseten',
  matches: ({ host }) => isWithin(host, 'baseten.co'),
}
