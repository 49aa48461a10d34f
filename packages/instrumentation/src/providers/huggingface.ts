import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const huggingface: Provider = {
  name: 'huggingface',
  matches: ({ host }) => isWithin(host, 'huggingface.co') || isWithin(host, 'huggingface.cloud'),
}
