import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const ai360: Provider = {
  name: 'ai360',
  matches: ({ host }) => isWithin(host, '360.cn'),
}
