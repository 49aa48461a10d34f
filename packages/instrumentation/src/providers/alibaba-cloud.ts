import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/**
 * Model Studio: `dashscope`, `dashscope-intl`, `dashscope-us` and hosts of single workspaces beneath them; its
 * OpenAI-compatible path behind a gateway; and the portal that Qwen's own tools sign in to.
 */
export const alibabaCloud: Provider = {
  name: 'alibaba_cloud',
  matches: ({ host, path }) =>
    (host.includes('dashscope') && isWithin(host, 'aliyuncs.com')) ||
    host === 'portal.qwen.ai' ||
    path.includes('/compatible-mode/v1/'),
}
