import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const kyma: Provider = {
  name: 'kyma',
  matches: ({ host }) => isWithin(host, 'kymaapi.com'),
}
