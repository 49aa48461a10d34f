import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const submodel: Provider = {
  name: 'submodel',
  matches: ({ host }) => isWithin(host, 'submodel.ai'),
}
