import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const cline: Provider = {
  name: 'cline',
  matches: ({ host }) => isWithin(host, 'cline.bot'),
}
