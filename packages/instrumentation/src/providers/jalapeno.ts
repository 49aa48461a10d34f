import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const jalapeno: Provider = {
  name: 'jalapeno',
  matches: ({ host }) => isWithin(host, 'jalapeno-cloud.ai'),
}
