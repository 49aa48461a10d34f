import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const modelscope: Provider = {
  name: 'modelscope',
  matches: ({ host }) => isWithin(host, 'modelscope.cn'),
}
