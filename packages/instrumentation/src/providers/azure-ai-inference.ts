import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** Models of other makers on Azure, under `/models/`, `/anthropic/` or on a host of their own; and speech, also as a conversation. */
export const azureAiInference: Provider = {
  name: 'azure.ai.inference',
  matches: ({ host, path }) =>
    isWithin(host, 'services.ai.azure.com') ||
    isWithin(host, 'models.ai.azure.com') ||
    isWithin(host, 'inference.ai.azure.com') ||
    ((path.startsWith('/speechtotext/') || path.startsWith('/voice-live/')) &&
      (isWithin(host, 'cognitiveservices.azure.com') || isWithin(host, 'api.cognitive.microsoft.com'))),
}
