import type { SpanView } from '../otlp/types.ts'
import type { Dialect, DialectReading } from './types.ts'
import { asCount, count, flag, known, knownUsage, text } from './values.ts'

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
      usage: knownUsage({
        cacheWrite5mTokens: count(span, 'spanmeter.usage.cache_write_5m.input_tokens'),
        cacheWrite1hTokens: count(span, 'spanmeter.usage.cache_write_1h.input_tokens'),
        images: count(span, 'spanmeter.usage.images'),
        seconds: count(span, 'spanmeter.usage.seconds'),
        characters: count(span, 'spanmeter.usage.characters'),
        pages: count(span, 'spanmeter.usage.pages'),
        searchUnits: count(span, 'spanmeter.usage.search_units'),
      }),
      tools: readTools(span),
    }),
}

function readTools(span: SpanView): Record<string, number> | undefined {
  let tools: Record<string, number> | undefined
  for (const name of span.attributeNames()) {
    if (!name.startsWith(TOOL_PREFIX) || !name.endsWith(TOOL_SUFFIX)) continue
    const requests = asCount(span.attribute(name))
    if (requests === undefined) continue
    tools ??= {}
    tools[name.slice(TOOL_PREFIX.length, -TOOL_SUFFIX.length)] = requests
  }
  return tools
}
