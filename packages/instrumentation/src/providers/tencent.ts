import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const tencent: Provider = {
  name: 'tencent',
  matches: ({ host }) =>
    isWithin(host, 'hunyuan.cloud.tencent.com') ||
    isWithin(host, 'lkeap.cloud.tencent.com') ||
    isWithin(host, 'tencentcloudmaas.com') ||
    isWithin(host, 'tencentmaas.com'),
}
