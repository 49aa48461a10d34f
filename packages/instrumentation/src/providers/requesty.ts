import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const requesty: Provider = {
  name: 'requesty',
  matches: ({ host }) => isWithin(host, 'requesty.ai'),
}
