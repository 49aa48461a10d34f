import type { Provider } from './types.ts'

/** GitHub Models, in its first year on an Azure host. */
export const github: Provider = {
  name: 'github',
  matches: ({ host }) => host === 'models.github.ai' || host === 'models.inference.ai.azure.com',
}
