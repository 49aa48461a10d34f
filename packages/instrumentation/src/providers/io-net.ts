import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const ioNet: Provider = {
  name: 'io_net',
  matches: ({ host }) => isWithin(host, 'io.solutions'),
}
