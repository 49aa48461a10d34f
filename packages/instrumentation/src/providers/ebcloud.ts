import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const ebcloud: Provider = {
  name: 'ebcloud',
  matches: ({ host }) => isWithin(host, 'ebcloud.com'),
}
