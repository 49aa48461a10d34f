import type { SpanView } from '../otlp/types.ts'
import { isOfAnotherThanGoogle } from './readers/provider-names.ts'
import { readRawUsage } from './readers/raw-usage.ts'
import { asObject, asText, count, known, knownUsage, members, object, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

const SCOPE = 'gcp.vertex.agent'
const PREFIX = `${SCOPE}.`
const THOUGHTS = 'gen_ai.usage.experimental.reasoning_tokens'
const ADDED_THOUGHTS = 'gen_ai.usage.reasoning.output_tokens'

/**
 * Google's Agent Development Kit: `call_llm` spans, with the response as JSON beside the `gen_ai.*` totals. Versions with the
 * `experimental` names leave thoughts out of the output; versions with the names of the conventions add them to it, though the
 * output of models that are called through LiteLLM includes them already.
 * https://google.github.io/adk-docs/observability/
 */
export const googleAdk: Dialect = {
  name: 'google-adk',

  attributes: [PREFIX, 'gen_ai.usage.experimental.'],
  scopes: [SCOPE],

  read(span): DialectReading {
    const response = object(span, `${PREFIX}llm_response`)
    const stated = asObject(response?.usage_metadata ?? response?.usageMetadata ?? response?.UsageMetadata)
    // Versions 0.3 and 0.4 for Go state these counts as attributes.
    const raw = readRawUsage(stated ?? members(span, 'gen_ai.response'))
    const isCall = span.name === 'call_llm' || raw.usage !== undefined
    const thoughts = count(span, THOUGHTS)
    return known<DialectReading>({
      role: isCall ? 'call' : standsBeneathCall(span) ? 'step' : undefined,
      operation: isCall ? 'generate_content' : undefined,
      requestModel: asText(object(span, `${PREFIX}llm_request`)?.model),
      responseModel: asText(response?.model_version ?? response?.modelVersion),
      ...raw,
      usage: knownUsage({
        ...raw.usage,
        cacheReadTokens: raw.usage?.cacheReadTokens ?? count(span, 'gen_ai.usage.experimental.cached_tokens'),
        outputTokens: raw.usage?.outputTokens ?? outputOf(span),
        reasoningTokens: raw.usage?.reasoningTokens ?? thoughts,
      }),
      cachedInput: 'included',
    })
  },
}

function outputOf(span: SpanView): number | undefined {
  const output = statedOutput(span)
  if (output === undefined) return undefined
  if (!isOfAnotherThanGoogle(text(span, 'gen_ai.request.model'))) return output + (count(span, THOUGHTS) ?? 0)
  return output - (count(span, ADDED_THOUGHTS) ?? 0)
}

/** Version 0.5 for Go, which is recognized by having no event ids, writes the total as the output. */
function statedOutput(span: SpanView): number | undefined {
  const output = count(span, 'gen_ai.usage.output_tokens')
  const input = count(span, 'gen_ai.usage.input_tokens')
  const isTotal = isSoleSpan(span) && span.attribute(`${PREFIX}event_id`) === undefined
  return isTotal && output !== undefined && input !== undefined && output >= input ? output - input : output
}

/**
 * Versions for Python between 1.20 and 2.5 make two spans for a call, of which the inner one lacks thoughts and cached tokens.
 * Later versions are recognized by naming the provider. For Go there is only one span.
 */
function standsBeneathCall(span: SpanView): boolean {
  return isGenerating(span) && !isSoleSpan(span) && span.attribute('gen_ai.provider.name') === undefined
}

function isSoleSpan(span: SpanView): boolean {
  const names = ['gen_ai.system', 'gen_ai.agent.name', 'gen_ai.provider.name']
  return isGenerating(span) && names.every((name) => span.attribute(name) === undefined)
}

function isGenerating({ scopeName, name }: SpanView): boolean {
  return scopeName === SCOPE && name.startsWith('generate_content ')
}
