import { isPassedOnTo, isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

/** `bedrock-runtime`, its FIPS, agent and OpenAI-compatible (`bedrock-mantle`) hosts, and VPC endpoints of each. */
export const awsBedrock: Provider = {
  name: 'aws.bedrock',
  matches: ({ host, path }) =>
    (host.includes('bedrock') &&
      (isWithin(host, 'amazonaws.com') || isWithin(host, 'amazonaws.com.cn') || isWithin(host, 'api.aws'))) ||
    isPassedOnTo(host, path, '/aws-bedrock/'),
}
