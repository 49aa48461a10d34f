import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const sapAiCore: Provider = {
  name: 'sap_ai_core',
  matches: ({ host }) => isWithin(host, 'ml.hana.ondemand.com'),
}
