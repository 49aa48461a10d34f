import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/**
 * Its own hosts, the paths under `/openai/` of hosts that it shares with other Azure AI services, and its deployments
 * behind any gateway: nobody else's paths look like these.
 */
export const azureAiOpenai: Provider = {
  name: 'azure.ai.openai',
  matches: ({ host, path }) =>
    isWithin(host, 'openai.azure.com') ||
    isWithin(host, 'openai.azure.us') ||
    isWithin(host, 'openai.azure.cn') ||
    (isSharedHost(host) && path.includes('/openai/')) ||
    path.includes('/openai/deployments/') ||
    isPassedOnTo(host, path, '/azure-openai/'),
}

function isSharedHost(host: string): boolean {
  return isWithin(host, 'cognitiveservices.azure.com') || isWithin(host, 'services.ai.azure.com')
}
