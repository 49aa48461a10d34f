import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const inceptron: Provider = {
  name: 'inceptron',
  matches: ({ host }) => isWithin(host, 'inceptron.io'),
}
