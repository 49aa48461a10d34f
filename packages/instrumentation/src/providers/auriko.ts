import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const auriko: Provider = {
  name: 'auriko',
  matches: ({ host }) => isWithin(host, 'auriko.ai'),
}
