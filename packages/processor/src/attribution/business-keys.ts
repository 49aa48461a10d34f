import type { AttributeValue, ResourceView, SpanView } from '../otlp/types.ts'

export const DEFAULT_KEYS: readonly string[] = [
  'feature',
  'tenant',
  'team',
  'workflow',
  'customer_tier',
  'environment',
  'user',
  'endpoint',
]

/**
 * Prefixes under which spans have business keys, besides `business.`: baggage that an SDK has copied, and the metadata that users
 * set with other instrumentations.
 */
const spanPrefixes: readonly string[] = [
  'baggage.',
  'traceloop.association.properties.',
  'lmnr.association.properties.',
  'lmnr.association.properties.metadata.',
  'ai.telemetry.metadata.',
  'langfuse.trace.metadata.',
  'langsmith.metadata.',
  '',
]

/**
 * Keys that others state with a suffix for "id": `user.id` by OpenTelemetry, OpenInference and Langfuse, `user_id` in the examples
 * of Traceloop and LangSmith, `userId` in those of the AI SDK.
 */
const identifiedKeys = new Set(['tenant', 'team', 'user'])
const idSuffixes: readonly string[] = ['.id', '_id', 'Id']

/**
 * Further names of a key: by the conventions, by LiteLLM's proxy (in its two versions), and for the `user` parameter of OpenAI's
 * API as LiteLLM, OpenLLMetry and OpenLIT write it. Who a call was made for goes before who owns the API key.
 */
const namesOfOthers: Readonly<Record<string, readonly string[]>> = {
  team: [
    'litellm.team.alias',
    'litellm.team.id',
    'metadata.user_api_key_team_alias',
    'metadata.user_api_key_team_id',
  ],
  user: [
    'enduser.id',
    'litellm.end_user.id',
    'litellm.metadata.user_api_key_end_user_id',
    'metadata.user_api_key_end_user_id',
    'llm.user',
    'gen_ai.request.user',
    'litellm.metadata.user_api_key_user_id',
    'metadata.user_api_key_user_id',
  ],
}

/** Attribute names that may state a business key, in order of precedence. */
export interface KeySources {
  readonly key: string
  readonly spanNames: readonly string[]
  readonly resourceNames: readonly string[]
}

export function sourcesOf(key: string): KeySources {
  const ids = identifiedKeys.has(key) ? idSuffixes.map((suffix) => key + suffix) : []
  return {
    key,
    spanNames: [
      ...[key, ...ids].flatMap((name) => spanPrefixes.map((prefix) => prefix + name)),
      ...(namesOfOthers[key] ?? []),
    ],
    resourceNames: [`business.${key}`, key],
  }
}

/** The first of these attributes whose value can be that of a key. */
export function firstValue(span: SpanView, indexes: readonly number[]): string | undefined {
  for (const index of indexes) {
    const value = asKeyValue(span.valueAt(index))
    if (value !== undefined) return value
  }
  return undefined
}

/** A business key's value as a resource states it. */
export function resourceValue(resource: ResourceView, { resourceNames }: KeySources): string | undefined {
  for (const name of resourceNames) {
    const value = asKeyValue(resource.attributes.get(name))
    if (value !== undefined) return value
  }
  return undefined
}

/** A value as text: also numbers and booleans, but no lists, maps or empty strings. */
export function asKeyValue(value: AttributeValue | undefined): string | undefined {
  if (typeof value === 'string') return unquoted(value) || undefined
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  return undefined
}

/** Langfuse (since 5) and MLflow write values that users set as JSON, so that texts have quotes. */
function unquoted(text: string): string {
  if (!text.startsWith('"') || !text.endsWith('"')) return text
  try {
    return JSON.parse(text) as string
  } catch {
    return text
  }
}
