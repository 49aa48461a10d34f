import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const nanoGpt: Provider = {
  name: 'nano_gpt',
  matches: ({ host }) => isWithin(host, 'nano-gpt.com'),
}
