import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** What ChatGPT's subscribers use by Codex' own path, behind a subscription. */
export const chatgpt: Provider = {
  name: 'chatgpt',
  matches: ({ host }) => isWithin(host, 'chatgpt.com'),
}
