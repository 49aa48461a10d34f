import { hasPrefix } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { countsThoughtsBeside, outputWithThoughts, providerOf } from './readers/provider-counts.ts'
import { count, known, number, text } from './readers/values.ts'
import { dropZeroUsage } from './readers/zero-usage.ts'
import type { Dialect, DialectReading } from './types.ts'

const JAVASCRIPT = '@openlit/instrumentation-'
const ONE_SCOPE = 'openlit.otel.tracing'
const CODING_AGENT = 'coding_agent.'

/**
 * OpenLIT: `gen_ai.*`, with images, speech and its own time to the first token. Its `gen_ai.usage.cost` is an estimate, which is
 * left alone.
 * https://docs.openlit.io
 */
export const openLit: Dialect = {
  name: 'openlit',

  attributes: [
    'gen_ai.application_name',
    'gen_ai.sdk.version',
    'gen_ai.client.token.usage',
    'gen_ai.server.',
    'gen_ai.usage.prompt_tokens_details.',
    'gen_ai.usage.completion_tokens_details.',
    'telemetry.sdk.name',
    CODING_AGENT,
  ],
  scopes: ['openlit', JAVASCRIPT],

  read(span): DialectReading {
    const size = text(span, 'gen_ai.request.image_size')
    const quality = text(span, 'gen_ai.request.image_quality')
    return known<DialectReading>({
      role: (isOwn(span) && isAboutAnswer(span)) || isHeard(span) ? 'step' : undefined,
      usage: usageOf(span),
      totalTokens: count(span, 'gen_ai.client.token.usage'),
      cachedInput: copiesProvider(span) ? 'excluded' : undefined,
      image: size === undefined && quality === undefined ? undefined : known({ size, quality }),
      timeToFirstChunkSeconds: number(span, 'gen_ai.server.time_to_first_token', 'gen_ai.server.ttft'),
      // All instrumentations share this scope, but each states the version of the SDK that it is for.
      instrumentation: span.scopeName === ONE_SCOPE ? text(span, 'gen_ai.sdk.version') : undefined,
    })
  },

  /** For JavaScript the address is that of an SDK by default, wherever it calls, and zeros stand for usage it didn't read. */
  correct(reading, span): void {
    if (!span.scopeName.startsWith(JAVASCRIPT)) return
    delete reading.host
    dropZeroUsage(reading)
  },
}

function usageOf(span: SpanView): DialectReading['usage'] {
  if (span.scopeName === OPENAI_JS) return audioAsWritten(span)
  return isOwn(span) && countsThoughtsBeside(span) ? outputWithThoughts(span) : undefined
}

const OPENAI_JS = `${JAVASCRIPT}openai`

/** For JavaScript, OpenAI's audio input is written under the name of cache writes. */
function audioAsWritten(span: SpanView): DialectReading['usage'] {
  const heard = count(span, 'gen_ai.usage.prompt_tokens_details.cache_write')
  return heard === undefined ? undefined : { audioInputTokens: heard, cacheWriteTokens: 0 }
}

/** The scopes for Claude's Agent SDK, for Python and for JavaScript. */
const ofClaudeAgents = /^@?openlit\b.*claude[_-]agent[_-]sdk/

/** Whether counts are copied from Anthropic or Bedrock, which leave cached tokens out of the input. Not for coding agents. */
function copiesProvider(span: SpanView): boolean {
  if (ofClaudeAgents.test(span.scopeName) || isOfCodingAgent(span.shape)) return false
  const sdk = text(span, 'telemetry.sdk.name')
  if (sdk !== undefined && sdk !== 'openlit') return false
  return /^(anthropic|aws\.bedrock)$/.test(providerOf(span))
}

/** Requests to OpenAI's API that fetch an answer or count tokens: they are called chats, too, with a model even if none was named. */
function isAboutAnswer(span: SpanView): boolean {
  return aboutAnswers.test(span.name) && span.attribute('gen_ai.usage.input_tokens') === undefined
}

const aboutAnswers = /^(responses\.(retrieve|cancel|token_count)|chat\.messages\.list) /

/**
 * Spans from hooks in Cursor, Claude Code and Codex, such as of prompts or the start of a session, name the model, but only one
 * span of each turn has usage.
 */
function isHeard({ shape }: SpanView): boolean {
  return isOfCodingAgent(shape) && shape.indexOf('gen_ai.usage.output_tokens') === -1
}

const isOfCodingAgent = hasPrefix(CODING_AGENT)

/** Other emitters write some of the same names. */
function isOwn(span: SpanView): boolean {
  return span.scopeName.startsWith('openlit') || text(span, 'telemetry.sdk.name') === 'openlit'
}
