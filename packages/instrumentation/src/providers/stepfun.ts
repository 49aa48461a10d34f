import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const stepfun: Provider = {
  name: 'stepfun',
  matches: ({ host }) => isWithin(host, 'stepfun.com') || isWithin(host, 'stepfun.ai'),
}
