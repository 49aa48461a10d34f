import type { Usage } from '@spanmeter/pricing'
import { byText } from '../../otlp/by-text.ts'
import type { SpanView } from '../../otlp/types.ts'
import type { CachedInput } from '../types.ts'
import { billingProvider } from './provider-names.ts'
import { count, text } from './values.ts'

/** Anthropic, wherever it is hosted, and Bedrock count cached tokens beside the input. */
export function countingOfProvider(span: SpanView): CachedInput | undefined {
  const provider = providerOf(span)
  if (/anthropic|bedrock/i.test(provider)) return 'excluded'
  const hostsClaude = /vertex|foundry|azure/i.test(provider)
  return hostsClaude && text(span, 'gen_ai.request.model')?.includes('claude') ? 'excluded' : undefined
}

/** Google counts thoughts beside the output, and so does xAI. */
export function countsThoughtsBeside(span: SpanView): boolean {
  return /google|gemini|^gcp\.|^x_?ai$/i.test(providerOf(span))
}

/** The output where thoughts stand beside it. */
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

/** Where none is stated, by the model, unless that is a gateway's (`anthropic/claude-sonnet-4.5`). */
export function providerOf(span: SpanView): string {
  const stated = text(span, 'gen_ai.provider.name', 'gen_ai.system', 'ai.model.provider')
  return stated ?? providerOfModel(text(span, 'gen_ai.request.model', 'gen_ai.response.model') ?? '')
}

const providerOfModel = byText((model) =>
  model.includes('/') ? '' : (billingProvider(undefined, model || undefined) ?? ''),
)
