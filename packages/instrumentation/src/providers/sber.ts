import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const sber: Provider = {
  name: 'sber',
  matches: ({ host }) => isWithin(host, 'devices.sberbank.ru'),
}
