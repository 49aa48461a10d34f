import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const coze: Provider = {
  name: 'coze',
  matches: ({ host }) => isWithin(host, 'coze.com') || isWithin(host, 'coze.cn'),
}
