import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** Model Studio, whose API hosts are `dashscope`, `dashscope-intl`, `dashscope-us`. */
export const alibabaCloud: Provider = {
  name: 'alibaba_cloud',
  matches: ({ host }) => host.startsWith('dashscope') && isWithin(host, 'aliyuncs.com'),
}
