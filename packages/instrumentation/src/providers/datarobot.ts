import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const datarobot: Provider = {
  name: 'datarobot',
  matches: ({ host }) => isWithin(host, 'datarobot.com'),
}
