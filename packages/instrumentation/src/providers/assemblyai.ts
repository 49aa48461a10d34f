import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const assemblyai: Provider = {
  name: 'assemblyai',
  matches: ({ host }) => isWithin(host, 'assemblyai.com'),
}
