import { isServiceNamed } from './hosts.ts'
import type { Provider } from './types.ts'

export const sglang: Provider = {
  name: 'sglang',
  matches: ({ host }) => isServiceNamed(host, 'sglang'),
}
