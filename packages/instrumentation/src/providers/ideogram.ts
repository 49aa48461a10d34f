import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const ideogram: Provider = {
  name: 'ideogram',
  matches: ({ host }) => isWithin(host, 'ideogram.ai'),
}
