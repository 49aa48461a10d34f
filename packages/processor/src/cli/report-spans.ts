import type { LedgerSpan } from '@spanmeter/ledger'
import { checkSpans, type SpanProblem } from '../attribution/check-spans.ts'
import { loadAttribution } from '../attribution/load-attribution.ts'
import type { Config } from '../config/types.ts'
import { readEnrichedSpans } from '../enrichment/read-ledger-spans.ts'
import { createEnrichment } from '../serve/reloadable-enrichment.ts'

export interface SpansReport {
  readonly text: string
  readonly passed: boolean
}

/**
 * Prices spans as the service would, and holds them against the tag contract.
 *
 * @param file OTLP JSON: one request, or one on each line.
 * @throws InvalidTracesError
 */
export function reportSpans(file: Buffer, config: Config): SpansReport {
  const { processTraces } = createEnrichment(config)
  const attribution = loadAttribution(config.attribution, config.directory)
  const calls: LedgerSpan[] = []
  const problems: SpanProblem[] = []
  let spanCount = 0
  for (const request of requestsIn(file)) {
    const processed = processTraces(request, 'json')
    // The processed spans: attributes that the content policy removes can't say who a call was for.
    problems.push(...checkSpans(processed.bytes, 'json', attribution))
    calls.push(...readEnrichedSpans(processed.bytes, 'json').filter(({ role }) => role === 'own'))
    spanCount += processed.spanCount
    processed.release()
  }
  const unpriced = calls.filter(({ cost }) => cost === undefined)
  const lines = [
    `${spanCount} spans, ${calls.length} GenAI calls, ${calls.length - unpriced.length} priced, ${problems.length} break the tag contract`,
    ...unpriced.map(describeUnpriced),
    ...problems.map(describeProblem),
  ]
  return { text: `${lines.join('\n')}\n`, passed: unpriced.length === 0 && problems.length === 0 }
}

function describeUnpriced(span: LedgerSpan): string {
  const { traceId, spanId, name, unpriced, provider = '?', responseModel, requestModel = '?' } = span
  return `${traceId} ${spanId} ${name}: unpriced, ${unpriced} (${provider}/${responseModel ?? requestModel})`
}

function describeProblem({ traceId, spanId, spanName, serviceName, violations }: SpanProblem): string {
  const words = violations.map(
    ({ key, kind, value }) =>
      `${key} ${kind.replaceAll('_', ' ')}${value === undefined ? '' : ` (${value})`}`,
  )
  return `${traceId} ${spanId} ${spanName}${serviceName === undefined ? '' : ` of ${serviceName}`}: ${words.join(', ')}`
}

function requestsIn(file: Buffer): Buffer[] {
  const lines = file
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  return lines.length > 1 && lines.every(isJson) ? lines.map((line) => Buffer.from(line)) : [file]
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
