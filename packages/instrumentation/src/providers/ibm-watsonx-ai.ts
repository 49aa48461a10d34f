import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const ibmWatsonxAi: Provider = {
  name: 'ibm.watsonx.ai',
  matches: ({ host }) => isWithin(host, 'ml.cloud.ibm.com'),
}
