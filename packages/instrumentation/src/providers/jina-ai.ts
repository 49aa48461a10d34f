import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const jinaAi: Provider = {
  name: 'jina_ai',
  matches: ({ host }) => isWithin(host, 'jina.ai'),
}
