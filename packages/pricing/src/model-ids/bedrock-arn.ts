import type { ModelIdRule } from './types.ts'

const ARN =
  /^arn:aws[\w-]*:(?:bedrock|sagemaker):([\w-]*):\d*:(foundation-model|inference-profile|provisioned-model|custom-model|imported-model|application-inference-profile)\/(.+)$/

/** Bedrock ARNs of foundation models and system inference profiles. An application profile's name says nothing: that takes an alias. */
export const bedrockArn: ModelIdRule = {
  name: 'bedrock-arn',
  read(form) {
    const match = ARN.exec(form.id)
    if (match === null) return undefined
    const [, region, kind, id] = match
    const next = { ...form, id: id!, ...(region ? { region } : {}) }
    if (kind === 'provisioned-model') return { ...next, provisioned: true }
    return kind === 'foundation-model' || kind === 'inference-profile' ? next : undefined
  },
}
