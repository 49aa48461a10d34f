import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const naver: Provider = {
  name: 'naver',
  matches: ({ host }) => isWithin(host, 'ntruss.com'),
}
