import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const tensormesh: Provider = {
  name: 'tensormesh',
  matches: ({ host }) => isWithin(host, 'tensormesh.ai'),
}
