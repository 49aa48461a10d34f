import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const iflytek: Provider = {
  name: 'iflytek',
  matches: ({ host }) => isWithin(host, 'xf-yun.com'),
}
