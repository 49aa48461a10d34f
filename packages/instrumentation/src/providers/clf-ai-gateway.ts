import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const clfAiGateway: Provider = {
  name: 'clf_ai_gateway',
  matches: ({ host }) => isWithin(host, 'clfaigateway.dev'),
}
