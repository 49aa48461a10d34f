import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const gcpGemini: Provider = {
  name: 'gcp.gemini',
  matches: ({ host }) => isWithin(host, 'generativelanguage.googleapis.com'),
}
