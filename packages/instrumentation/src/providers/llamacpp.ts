import { isServiceNamed } from './hosts.ts'
import type { Provider } from './types.ts'

export const llamacpp: Provider = {
  name: 'llamacpp',
  matches: ({ host }) => isServiceNamed(host, 'llamacpp') || isServiceNamed(host, 'llama-cpp'),
}
