import type { Attributes } from '@opentelemetry/api'
import * as semconv from '../semconv.ts'

/** "When systems report both used tokens and billable tokens, instrumentation MUST report billable tokens." */
const BILLABLE: Readonly<Record<string, string>> = {
  [semconv.ATTR_USAGE_INPUT_TOKENS]: semconv.ATTR_SPANMETER_BILLED_INPUT_TOKENS,
  [semconv.ATTR_USAGE_OUTPUT_TOKENS]: semconv.ATTR_SPANMETER_BILLED_OUTPUT_TOKENS,
}

/** The tokens that a usage attribute counts; those that are billed, if that is known. */
export function billableTokens(attributes: Attributes, usage: string): number | undefined {
  const tokens = attributes[BILLABLE[usage] ?? ''] ?? attributes[usage]
  return typeof tokens === 'number' ? tokens : undefined
}
