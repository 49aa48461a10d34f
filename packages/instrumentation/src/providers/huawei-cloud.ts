import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const huaweiCloud: Provider = {
  name: 'huawei_cloud',
  matches: ({ host }) => isWithin(host, 'myhuaweicloud.com') || isWithin(host, 'modelarts-maas.com'),
}
