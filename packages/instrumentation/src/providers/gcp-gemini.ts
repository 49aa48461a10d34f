import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** Its own host, and Firebase's in front of it, which stands in front of Vertex AI as well. */
export const gcpGemini: Provider = {
  name: 'gcp.gemini',
  matches: ({ host, path }) =>
    isWithin(host, 'generativelanguage.googleapis.com') ||
    (isWithin(host, 'firebasevertexai.googleapis.com') && !path.includes('/publishers/')) ||
    isPassedOnTo(host, path, '/google-ai-studio/'),
}
