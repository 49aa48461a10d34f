import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const synthetic: Provider = {
  name: 'synthetic',
  matches: ({ host }) => isWithin(host, 'synthetic.new'),
}
