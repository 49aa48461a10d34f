import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const internlm: Provider = {
  name: 'internlm',
  matches: ({ host }) => isWithin(host, 'intern-ai.org.cn'),
}
