import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const sensenova: Provider = {
  name: 'sensenova',
  matches: ({ host }) => isWithin(host, 'sensenova.cn'),
}
