import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const awsSagemaker: Provider = {
  name: 'aws.sagemaker',
  matches: ({ host }) => host.startsWith('runtime.sagemaker') && isWithin(host, 'amazonaws.com'),
}
