import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const aiRouter: Provider = {
  name: 'ai_router',
  matches: ({ host }) => isWithin(host, 'ai-router.dev'),
}
