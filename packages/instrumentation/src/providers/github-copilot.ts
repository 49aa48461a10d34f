import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** GitHub Copilot's own API, behind a subscription. */
export const githubCopilot: Provider = {
  name: 'github_copilot',
  matches: ({ host }) => isWithin(host, 'githubcopilot.com'),
}
