import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const yandex: Provider = {
  name: 'yandex',
  matches: ({ host }) => isWithin(host, 'api.cloud.yandex.net'),
}
