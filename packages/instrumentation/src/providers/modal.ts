import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const modal: Provider = {
  name: 'modal',
  matches: ({ host }) => isWithin(host, 'modal.direct'),
}
