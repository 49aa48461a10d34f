import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const thinkingMachines: Provider = {
  name: 'thinking_machines',
  matches: ({ host }) => isWithin(host, 'thinkingmachines.dev'),
}
