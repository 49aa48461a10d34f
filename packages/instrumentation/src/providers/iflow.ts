import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const iflow: Provider = {
  name: 'iflow',
  matches: ({ host }) => isWithin(host, 'iflow.cn'),
}
