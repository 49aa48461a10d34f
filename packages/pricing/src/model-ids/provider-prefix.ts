import type { ModelIdRule } from './types.ts'

/**
 * `openai/gpt-4o`: the prefix names the provider, or repeats it; `bedrock/us-gov-west-1/...` names a region too, and
 * `bedrock/converse/...` the API: https://docs.litellm.ai/docs/providers/bedrock
 */
export const providerPrefix: ModelIdRule = {
  name: 'provider-prefix',
  read(form) {
    const zone = /^(us|eu|global)\/(.+)$/.exec(form.id)
    if (zone !== null) return { ...form, region: zone[1]!, id: zone[2]! }
    const match = /^~?([a-z0-9_.-]+)\/(?:(?:converse|invoke)\/)?(.+)$/.exec(form.id)
    if (match === null) return undefined
    const [, provider, rest] = match as unknown as [string, string, string]
    const region = /^([a-z]{2}(?:-[a-z]+)+-\d|global|us|eu)\/(.+)$/.exec(rest)
    return region === null
      ? { ...form, provider, id: rest }
      : { ...form, provider, region: region[1]!, id: region[2]! }
  },
}
