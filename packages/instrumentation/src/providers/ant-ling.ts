import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const antLing: Provider = {
  name: 'ant_ling',
  matches: ({ host }) => isWithin(host, 'ant-ling.com') || isWithin(host, 'tbox.cn'),
}
