import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const soniox: Provider = {
  name: 'soniox',
  matches: ({ host }) => isWithin(host, 'soniox.com'),
}
