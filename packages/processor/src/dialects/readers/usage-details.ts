import type { Usage } from '@spanmeter/pricing'
import { byShape } from '../../otlp/span-shape.ts'
import type { SpanView } from '../../otlp/types.ts'
import { inputDetailNames, outputDetailNames, readRawUsage } from './raw-usage.ts'
import { asObject, members, object } from './values.ts'

const USAGE = 'gen_ai.usage'
const LANGWATCH = 'langwatch.metrics'

const detailNames = [...inputDetailNames, ...outputDetailNames]

const hasDetails = byShape(({ names }) =>
  names.some(
    (name) =>
      name === USAGE ||
      name === LANGWATCH ||
      (name.startsWith(USAGE) && detailNames.some((detail) => name.startsWith(`${USAGE}.${detail}`))),
  ),
)

/**
 * A provider's usage object, or its details, under `gen_ai.usage`: as a map, as JSON, or as one attribute for each member
 * (`gen_ai.usage.prompt_tokens_details.cached_tokens`). LangWatch has an attribute of its own: `{"type":"json","value":{…}}`.
 */
export function readUsageDetails(span: SpanView): Usage | undefined {
  if (!hasDetails(span.shape)) return undefined
  const metrics = object(span, LANGWATCH)
  const usage: Record<string, unknown> = { ...(asObject(metrics?.value) ?? metrics), ...object(span, USAGE) }
  for (const detail of detailNames) {
    const parts = members(span, `${USAGE}.${detail}`)
    if (Object.keys(parts).length > 0) usage[detail] = parts
  }
  return readRawUsage(usage).usage
}
