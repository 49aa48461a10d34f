import type { Provider } from './types.ts'

/** https://docs.exa.ai: answers from a search, by the API for chats too. */
export const exa: Provider = {
  name: 'exa',
  matches: ({ host }) => host === 'api.exa.ai',
}
