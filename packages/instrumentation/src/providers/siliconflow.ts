import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const siliconflow: Provider = {
  name: 'siliconflow',
  matches: ({ host }) => isWithin(host, 'siliconflow.com') || isWithin(host, 'siliconflow.cn'),
}
