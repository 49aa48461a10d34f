import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const atlascloud: Provider = {
  name: 'atlascloud',
  matches: ({ host }) => isWithin(host, 'atlascloud.ai'),
}
