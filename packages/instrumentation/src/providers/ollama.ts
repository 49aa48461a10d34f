import { isServiceNamed, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** Its cloud, or a server on its default port. */
export const ollama: Provider = {
  name: 'ollama',
  matches: ({ host, port }) =>
    port === 11434 || isWithin(host, 'ollama.com') || isServiceNamed(host, 'ollama'),
}
