import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const xiaomi: Provider = {
  name: 'xiaomi',
  matches: ({ host }) => isWithin(host, 'xiaomimimo.com'),
}
