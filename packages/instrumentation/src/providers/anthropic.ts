import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** Its own hosts, and Helicone's proxy in front of it, which passes on the caller's own key. */
export const anthropic: Provider = {
  name: 'anthropic',
  matches: ({ host }) => isWithin(host, 'anthropic.com') || host === 'anthropic.helicone.ai',
}
