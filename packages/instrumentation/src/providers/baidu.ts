import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const baidu: Provider = {
  name: 'baidu',
  matches: ({ host }) => isWithin(host, 'baidubce.com'),
}
