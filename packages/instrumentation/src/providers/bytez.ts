import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const bytez: Provider = {
  name: 'bytez',
  matches: ({ host }) => isWithin(host, 'bytez.com'),
}
