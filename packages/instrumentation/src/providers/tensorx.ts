import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const tensorx: Provider = {
  name: 'tensorx',
  matches: ({ host }) => isWithin(host, 'tensorx.ai'),
}
