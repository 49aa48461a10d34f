import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const qihang: Provider = {
  name: 'qihang',
  matches: ({ host }) => isWithin(host, 'qhaigc.net'),
}
