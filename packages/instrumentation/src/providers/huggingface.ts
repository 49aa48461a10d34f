import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const huggingface: Provider = {
  name: 'huggingface',
  matches: ({ host, path }) =>
    isWithin(host, 'huggingface.co') ||
    isWithin(host, 'huggingface.cloud') ||
    isPassedOnTo(host, path, '/huggingface/'),
}
