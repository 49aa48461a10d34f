import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const zAi: Provider = {
  name: 'z_ai',
  matches: ({ host }) => isWithin(host, 'z.ai') || isWithin(host, 'bigmodel.cn'),
}
