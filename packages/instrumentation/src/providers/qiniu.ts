import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const qiniu: Provider = {
  name: 'qiniu',
  matches: ({ host }) => isWithin(host, 'qnaigc.com') || host === 'openai.qiniu.com',
}
