import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** Model Studio: `dashscope`, `dashscope-intl`, `dashscope-us` and hosts of single workspaces beneath them. */
export const alibabaCloud: Provider = {
  name: 'alibaba_cloud',
  matches: ({ host }) => host.includes('dashscope') && isWithin(host, 'aliyuncs.com'),
}
