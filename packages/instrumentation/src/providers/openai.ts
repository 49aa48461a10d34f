import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** Its global and regional hosts, and Helicone's proxies in front of it, which pass on the caller's own key. */
export const openai: Provider = {
  name: 'openai',
  matches: ({ host }) =>
    isWithin(host, 'api.openai.com') || host === 'oai.helicone.ai' || host === 'oai.hconeai.com',
}
