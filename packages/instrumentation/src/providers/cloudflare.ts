import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/**
 * Workers AI, also by way of Cloudflare's AI gateway. What else passes that gateway is billed by the provider it is
 * passed on to.
 */
export const cloudflare: Provider = {
  name: 'cloudflare',
  matches: ({ host, path }) =>
    isWithin(host, 'api.cloudflare.com') ||
    (host === 'gateway.ai.cloudflare.com' && (path.includes('/workers-ai/') || path.includes('/compat/'))),
}
