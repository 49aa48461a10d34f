import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const gcpGemini: Provider = {
  name: 'gcp.gemini',
  matches: ({ host, path }) =>
    isWithin(host, 'generativelanguage.googleapis.com') || isPassedOnTo(host, path, '/google-ai-studio/'),
}
