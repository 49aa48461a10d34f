/** A model id from which parts may have been removed, with what those parts said. */
export interface ModelIdForm {
  readonly id: string
  /** The provider that a prefix names. */
  readonly provider?: string
  readonly regionClass?: string
  readonly region?: string
  readonly batch?: boolean
  readonly free?: boolean
  readonly provisioned?: boolean
}

/**
 * One way in which ids are written. Purely syntactic: it removes or rewrites a part that the provider documents, or
 * returns undefined.
 */
interface ModelIdRule {
  readonly name: string
  read(form: ModelIdForm): ModelIdForm | undefined
}

const ARN =
  /^arn:aws[\w-]*:(?:bedrock|sagemaker):([\w-]*):\d*:(foundation-model|inference-profile|provisioned-model|custom-model|imported-model|application-inference-profile)\/(.+)$/

/**
 * Bedrock ARNs of foundation models and system inference profiles. The name of an application profile doesn't tell its
 * model: that takes an alias.
 */
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

const PATH =
  /^(?:\/?\/?[\w.]*googleapis\.com\/)?(?:(?:projects|accounts)\/[^/]+\/)?(?:locations\/([^/]+)\/)?(?:publishers\/[^/]+\/)?(?:models|routers)\/(.+)$/

/**
 * Resource names of Google and Fireworks: `models/gemini-2.5-pro`, `accounts/fireworks/models/...`,
 * `projects/p/locations/us-central1/publishers/google/models/...`.
 */
const resourcePath: ModelIdRule = {
  name: 'resource-path',
  read(form) {
    const match = PATH.exec(form.id) ?? /^()publishers\/[^/]+\/(.+)$/.exec(form.id)
    if (match === null) return undefined
    return { ...form, id: match[2]!, ...(match[1] ? { region: match[1] } : {}) }
  },
}

const PROFILE = /^(global|us-gov|us|eu|apac|ap|jp|au|ca|in|sa|uk|mx)\.((?:[a-z0-9]+)\..+)$/

/** Bedrock cross-region inference profiles: `us.anthropic.claude-...`. */
const bedrockProfile: ModelIdRule = {
  name: 'bedrock-profile',
  read(form) {
    const match = PROFILE.exec(form.id)
    return match === null ? undefined : { ...form, regionClass: match[1]!, id: match[2]! }
  },
}

/**
 * Fine-tuned models have the fine-tuning rate of their base: `ft:gpt-4o-2024-08-06:org::id`, Azure's
 * `gpt-4o-2024-08-06.ft-id`.
 */
const fineTuned: ModelIdRule = {
  name: 'fine-tuned',
  read(form) {
    const openai = /^ft:([^:]+):.*$/.exec(form.id)
    if (openai !== null) return { ...form, id: `ft:${openai[1]}` }
    const azure = /^(.+)\.ft-.+$/.exec(form.id)
    return azure === null ? undefined : { ...form, id: `ft:${azure[1]}` }
  },
}

/** Router variants that choose among hosts or options of the same model. */
const SAME_MODEL = new Set(['nitro', 'floor', 'beta', 'extended', 'exacto', 'online', 'thinking', 'standard'])

/** Suffixes of routers: `:free`, `:nitro`, `:batch`. An unknown suffix may be another product, so it isn't removed. */
const routerSuffix: ModelIdRule = {
  name: 'router-suffix',
  read(form) {
    const match = /^(.+):([a-z]+)$/.exec(form.id)
    if (match === null) return undefined
    const [, id, suffix] = match as unknown as [string, string, string]
    if (suffix === 'free') return { ...form, id, free: true }
    if (suffix === 'batch') return { ...form, id, batch: true }
    return SAME_MODEL.has(suffix) ? { ...form, id } : undefined
  },
}

/**
 * `openai/gpt-4o`: the prefix names the provider, or repeats it; `bedrock/us-gov-west-1/...` names a region too, and
 * `bedrock/converse/...` the API: https://docs.litellm.ai/docs/providers/bedrock
 */
const providerPrefix: ModelIdRule = {
  name: 'provider-prefix',
  read(form) {
    const zone = /^(us|eu|global)(?:-standard)?\/(.+)$/.exec(form.id)
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

/** How frameworks write provider and model in one: `openai:gpt-4o` (Pydantic AI, LangChain, the AI SDK's registry). */
const frameworkPrefix: ModelIdRule = {
  name: 'framework-prefix',
  read(form) {
    const match = FRAMEWORK.exec(form.id)
    return match === null ? undefined : { ...form, id: match[1]! }
  },
}

const FRAMEWORK =
  /^(?:gateway\/)?(?:anthropic|azure(?:_openai)?|bedrock(?:_converse)?|cohere|deepseek|fireworks|google(?:-gla|-vertex|_genai|_vertexai)?|groq|mistral(?:ai)?|openai(?:-chat|-responses)?|openrouter|perplexity|together|xai):(.+)$/

/** Azure model names can't hold a dot: `gpt-35-turbo`. */
const azureName: ModelIdRule = {
  name: 'azure-name',
  read(form) {
    const id = form.id.replace(/^gpt-35-/, 'gpt-3.5-')
    return id === form.id ? undefined : { ...form, id }
  },
}

/** Vertex writes versions after an at sign: `claude-sonnet-4-5@20250929`, `@default`. */
const vertexVersion: ModelIdRule = {
  name: 'vertex-version',
  read(form) {
    const match = /^(.+)@(default|latest|\d{8}|\d{3})$/.exec(form.id)
    if (match === null) return undefined
    const version = match[2]!
    return { ...form, id: version.length === 8 && /\d/.test(version) ? `${match[1]}-${version}` : match[1]! }
  },
}

/** Bedrock ids are written with and without their version and context suffixes: `-v1:0`, `-v1`, `:0`, `:0:200k`. */
const bedrockVersion: ModelIdRule = {
  name: 'bedrock-version',
  read(form) {
    const id = form.id.replace(/(:\d+):\d+k$/, '$1')
    if (id !== form.id) return { ...form, id }
    const bare = form.id.replace(/(?:-v\d+)?:\d+$|-v\d+$/, '')
    return bare === form.id ? undefined : { ...form, id: bare }
  },
}

/** A dated snapshot that isn't listed by itself has the price of its model: `-2025-04-14`, `-20250929`. */
const datedSnapshot: ModelIdRule = {
  name: 'dated-snapshot',
  read(form) {
    const id = form.id.replace(
      /-20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$|-20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/,
      '',
    )
    return id === form.id ? undefined : { ...form, id }
  },
}

/** The rules in the order in which they are tried. A listed id is found before any of them applies. */
export const MODEL_ID_RULES: readonly ModelIdRule[] = [
  bedrockArn,
  resourcePath,
  bedrockProfile,
  fineTuned,
  frameworkPrefix,
  routerSuffix,
  providerPrefix,
  azureName,
  vertexVersion,
  bedrockVersion,
  datedSnapshot,
]
