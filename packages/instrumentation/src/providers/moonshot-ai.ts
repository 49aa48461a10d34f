import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const moonshotAi: Provider = {
  name: 'moonshot_ai',
  matches: ({ host }) =>
    isWithin(host, 'moonshot.ai') ||
    isWithin(host, 'moonshot.cn') ||
    isWithin(host, 'kimi.com') ||
    isWithin(host, 'kimi.ai'),
}
