import { hasPrefix } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { tableReader } from './readers/field-table.ts'
import { FURTHER_MODELS, readFurtherUsage } from './readers/further-usage.ts'
import { asCount, count, known, knownUsage, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

const TOOL_PREFIX = 'spanmeter.usage.tool.'
const TOOL_SUFFIX = '.requests'
const BILLED = 'spanmeter.usage.billed.'
const COMPACTION = 'spanmeter.usage.compaction.'

const readFields = tableReader({
  texts: {
    serviceTier: ['spanmeter.response.service_tier'],
    speed: ['spanmeter.response.speed'],
    inferenceGeo: ['spanmeter.response.inference_geo'],
    usageMissing: ['spanmeter.usage.missing'],
  },
  counts: { attempts: ['spanmeter.request.attempts'] },
  flags: { batch: ['spanmeter.request.batch'] },
  usageCounts: {
    // Our counts, on spans of other emitters that may count differently.
    inputTokens: ['spanmeter.usage.input_tokens'],
    outputTokens: ['spanmeter.usage.output_tokens'],
    cacheWrite5mTokens: ['spanmeter.usage.cache_write_5m.input_tokens'],
    cacheWrite1hTokens: ['spanmeter.usage.cache_write_1h.input_tokens'],
    cacheWrite12hTokens: ['spanmeter.usage.cache_write_12h.input_tokens'],
    videoInputTokens: ['spanmeter.usage.video.input_tokens'],
    videoOutputTokens: ['spanmeter.usage.video.output_tokens'],
    citationTokens: ['spanmeter.usage.citation_tokens'],
    images: ['spanmeter.usage.images'],
    characters: ['spanmeter.usage.characters'],
    pages: ['spanmeter.usage.pages'],
    searchUnits: ['spanmeter.usage.search_units'],
  },
  usageNumbers: { seconds: ['spanmeter.usage.seconds'] },
})

/** Attributes that are not in the table; hardly any span has one. */
const hasMore = hasPrefix(
  'spanmeter.request.image.',
  'spanmeter.request.search_context_size',
  FURTHER_MODELS,
  TOOL_PREFIX,
  BILLED,
  COMPACTION,
)

const SCOPE = '@spanmeter/instrumentation'

/** What @spanmeter/instrumentation adds to the conventions: price inputs that they have no name for. */
export const spanmeter: Dialect = {
  name: 'spanmeter',

  attributes: ['spanmeter.usage.', 'spanmeter.request.', 'spanmeter.response.'],
  scopes: [SCOPE],

  read(span): DialectReading {
    const reading = readFields(span)
    reading.cachedInput = 'included'
    if (!hasMore(span.shape)) return reading
    return known<DialectReading>({
      ...reading,
      role: isFetched(span) ? 'call' : reading.role,
      image: readImage(span),
      searchContextSize: readSearchContextSize(span),
      tools: readTools(span),
      furtherUsage: readFurtherUsage(span),
      billed: knownUsage({
        inputTokens: count(span, `${BILLED}input_tokens`),
        outputTokens: count(span, `${BILLED}output_tokens`),
      }),
      compaction: knownUsage({
        inputTokens: count(span, `${COMPACTION}input_tokens`),
        cacheReadTokens: count(span, `${COMPACTION}cache_read.input_tokens`),
        cacheWriteTokens: count(span, `${COMPACTION}cache_write.input_tokens`),
        outputTokens: count(span, `${COMPACTION}output_tokens`),
      }),
    })
  },
}

/** A response that was made in the background is billed where it is first fetched. */
function isFetched(span: SpanView): boolean {
  return (
    span.scopeName === SCOPE &&
    text(span, 'gen_ai.operation.name') === 'fetch_response' &&
    span.attribute(FURTHER_MODELS) !== undefined
  )
}

function readImage(span: SpanView): DialectReading['image'] {
  const image = known<NonNullable<DialectReading['image']>>({
    size: text(span, 'spanmeter.request.image.size'),
    quality: text(span, 'spanmeter.request.image.quality'),
  })
  return Object.keys(image).length === 0 ? undefined : image
}

function readSearchContextSize(span: SpanView): DialectReading['searchContextSize'] {
  const size = text(span, 'spanmeter.request.search_context_size')
  return size === 'low' || size === 'medium' || size === 'high' ? size : undefined
}

function readTools(span: SpanView): Record<string, number> | undefined {
  let tools: Record<string, number> | undefined
  for (const name of span.shape.names) {
    if (!name.startsWith(TOOL_PREFIX) || !name.endsWith(TOOL_SUFFIX)) continue
    const requests = asCount(span.attribute(name))
    if (requests === undefined) continue
    tools ??= {}
    tools[name.slice(TOOL_PREFIX.length, -TOOL_SUFFIX.length)] = requests
  }
  return tools
}
