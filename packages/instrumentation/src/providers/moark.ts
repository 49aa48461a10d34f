import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const moark: Provider = {
  name: 'moark',
  matches: ({ host }) => isWithin(host, 'moark.com') || isWithin(host, 'ai.gitee.com'),
}
