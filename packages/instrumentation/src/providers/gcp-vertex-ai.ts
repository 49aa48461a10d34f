import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/**
 * Global, regional (`us-east5-aiplatform`) and multi-regional (`aiplatform.eu.rep`) hosts, those of single endpoints, that of
 * its ranking, and its paths behind a gateway.
 */
export const gcpVertexAi: Provider = {
  name: 'gcp.vertex_ai',
  matches: ({ host, path }) =>
    host.endsWith('aiplatform.googleapis.com') ||
    (host.startsWith('aiplatform.') && isWithin(host, 'rep.googleapis.com')) ||
    isWithin(host, 'prediction.vertexai.goog') ||
    host.endsWith('discoveryengine.googleapis.com') ||
    isPassedOnTo(host, path, '/google-vertex-ai/') ||
    (path.includes('/locations/') && path.includes('/publishers/')),
}
