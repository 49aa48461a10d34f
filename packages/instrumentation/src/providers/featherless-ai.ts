import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const featherlessAi: Provider = {
  name: 'featherless_ai',
  matches: ({ host }) => isWithin(host, 'featherless.ai'),
}
