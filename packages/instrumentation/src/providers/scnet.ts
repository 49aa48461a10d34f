import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const scnet: Provider = {
  name: 'scnet',
  matches: ({ host }) => isWithin(host, 'scnet.cn'),
}
