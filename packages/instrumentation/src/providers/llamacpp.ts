import { isServiceNamed } from './hosts.ts'
import type { Provider } from './types.ts'

/** A server that users run themselves. Its responses name it, wherever it listens. */
export const llamacpp: Provider = {
  name: 'llamacpp',
  matches: ({ host }) => isServiceNamed(host, 'llamacpp') || isServiceNamed(host, 'llama-cpp'),
  signer: (header) => (header('server') === 'llama.cpp' ? 'llamacpp' : undefined),
}
