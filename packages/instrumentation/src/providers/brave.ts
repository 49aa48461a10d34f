import type { Provider } from './types.ts'

/** Whose answers are a chat completion: https://api-dashboard.search.brave.com/documentation/services/answers */
export const brave: Provider = {
  name: 'brave',
  matches: ({ host }) => host === 'api.search.brave.com',
}
