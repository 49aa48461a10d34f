import type { SpanView } from '../otlp/types.ts'
import type { Dialect, DialectReading } from './types.ts'
import { asCount, count, flag, known, knownUsage, number, text } from './values.ts'

const TOOL_PREFIX = 'spanmeter.usage.tool.'
const TOOL_SUFFIX = '.requests'

/** What @spanmeter/instrumentation adds to the conventions: price inputs that they have no name for. */
export const spanmeter: Dialect = {
  name: 'spanmeter',

  attributes: ['spanmeter.usage.', 'spanmeter.request.', 'spanmeter.response.'],

  read: (span): DialectReading =>
    known<DialectReading>({
      serviceTier: text(span, 'spanmeter.response.service_tier'),
      batch: flag(span, 'spanmeter.request.batch'),
      speed: text(span, 'spanmeter.response.speed'),
      inferenceGeo: text(span, 'spanmeter.response.inference_geo'),
      attempts: count(span, 'spanmeter.request.attempts'),
      usageMissing: text(span, 'spanmeter.usage.missing'),
      cachedInput: 'included',
      image: readImage(span),
      searchContextSize: readSearchContextSize(span),
      usage: knownUsage({
        cacheWrite5mTokens: count(span, 'spanmeter.usage.cache_write_5m.input_tokens'),
        cacheWrite1hTokens: count(span, 'spanmeter.usage.cache_write_1h.input_tokens'),
        videoInputTokens: count(span, 'spanmeter.usage.video.input_tokens'),
        videoOutputTokens: count(span, 'spanmeter.usage.video.output_tokens'),
        citationTokens: count(span, 'spanmeter.usage.citation_tokens'),
        images: count(span, 'spanmeter.usage.images'),
        seconds: number(span, 'spanmeter.usage.seconds'),
        characters: count(span, 'spanmeter.usage.characters'),
        pages: count(span, 'spanmeter.usage.pages'),
        searchUnits: count(span, 'spanmeter.usage.search_units'),
      }),
      tools: readTools(span),
    }),
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
