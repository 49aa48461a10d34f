import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const recraft: Provider = {
  name: 'recraft',
  matches: ({ host }) => isWithin(host, 'recraft.ai'),
}
