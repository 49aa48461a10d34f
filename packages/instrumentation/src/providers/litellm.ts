import { isServiceNamed } from './hosts.ts'
import type { Provider } from './types.ts'

/** The proxy, on its default port. */
export const litellm: Provider = {
  name: 'litellm',
  matches: ({ host, port }) => port === 4000 || isServiceNamed(host, 'litellm'),
}
