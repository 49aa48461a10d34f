import type { ModelIdRule } from './types.ts'

const PROFILE = /^(global|us-gov|us|eu|apac|ap|jp|au|ca|in|sa|uk|mx)\.((?:[a-z0-9]+)\..+)$/

/** Bedrock cross-region inference profiles: `us.anthropic.claude-...`. */
export const bedrockProfile: ModelIdRule = {
  name: 'bedrock-profile',
  read(form) {
    const match = PROFILE.exec(form.id)
    return match === null ? undefined : { ...form, regionClass: match[1]!, id: match[2]! }
  },
}
