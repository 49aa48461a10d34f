import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const amd: Provider = {
  name: 'amd',
  matches: ({ host }) => isWithin(host, 'developer.amd.com.cn'),
}
