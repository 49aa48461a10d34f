import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** Its hosts, and its own version of the path behind a gateway. */
export const zAi: Provider = {
  name: 'z_ai',
  matches: ({ host, path }) =>
    isWithin(host, 'z.ai') || isWithin(host, 'bigmodel.cn') || path.includes('/paas/v4/'),
}
