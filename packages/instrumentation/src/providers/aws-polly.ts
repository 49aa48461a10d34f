import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const awsPolly: Provider = {
  name: 'aws_polly',
  matches: ({ host }) => host.startsWith('polly') && isWithin(host, 'amazonaws.com'),
}
