import { isServiceNamed } from './hosts.ts'
import type { Provider } from './types.ts'

export const vllm: Provider = {
  name: 'vllm',
  matches: ({ host }) => isServiceNamed(host, 'vllm'),
}
