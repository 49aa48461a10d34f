import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const llmgateway: Provider = {
  name: 'llmgateway',
  matches: ({ host }) => isWithin(host, 'llmgateway.io'),
}
