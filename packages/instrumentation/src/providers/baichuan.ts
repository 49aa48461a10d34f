import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const baichuan: Provider = {
  name: 'baichuan',
  matches: ({ host }) => isWithin(host, 'baichuan-ai.com'),
}
