import type { Usage } from '@spanmeter/pricing'
import { byText } from '../../otlp/by-text.ts'
import type { SpanView } from '../../otlp/types.ts'
import type { CachedInput } from '../types.ts'
import { billingProvider } from './provider-names.ts'
import { count, text } from './values.ts'

/** How a provider's API counts: Bedrock, and Anthropic wherever it is hosted, leave cached tokens out of the input. */
export function countingOfProvider(span: SpanView): CachedInput | undefined {
  const provider = providerOf(span)
  if (/anthropic|bedrock/i.test(provider)) return 'excluded'
  const hostsClaude = /vertex|foundry|azure/i.test(provider)
  return hostsClaude && text(span, 'gen_ai.request.model')?.includes('claude') ? 'excluded' : undefined
}

/** Whether a provider leaves thoughts out of its output tokens, as Google and xAI do. */
export function countsThoughtsBeside(span: SpanView): boolean {
  return /google|gemini|^gcp\.|^x_?ai$/i.test(providerOf(span))
}

/** The output of such a provider, with its thoughts. */
export function outputWithThoughts(span: SpanView): Usage | undefined {
  const output = count(span, 'gen_ai.usage.output_tokens')
  const thoughts = count(span, ...thoughtNames)
  return output === undefined || thoughts === undefined ? undefined : { outputTokens: output + thoughts }
}

const thoughtNames = [
  'gen_ai.usage.reasoning.output_tokens',
  'gen_ai.usage.reasoning_tokens',
  'gen_ai.usage.thinking_tokens',
]

/** The stated provider, or the model's, unless the id is a gateway's (`anthropic/claude-sonnet-4.5`). */
export function providerOf(span: SpanView): string {
  const stated = text(span, 'gen_ai.provider.name', 'gen_ai.system', 'ai.model.provider')
  return stated ?? providerOfModel(text(span, 'gen_ai.request.model', 'gen_ai.response.model') ?? '')
}

const providerOfModel = byText((model) =>
  model.includes('/') ? '' : (billingProvider(undefined, model || undefined) ?? ''),
)
