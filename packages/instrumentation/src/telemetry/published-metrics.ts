import type { Meter } from '@opentelemetry/api'
import * as semconv from '../semconv.ts'
import { billableTokens } from './billable-tokens.ts'
import { DURATION_BUCKETS, TOKEN_BUCKETS } from './buckets.ts'
import type { CallMetrics } from './call-metrics.ts'
import { recordDuration, recordStreamTiming } from './timing.ts'

/** The metrics of the conventions' last published version, 1.41.1. */
export function createPublishedMetrics(meter: Meter): CallMetrics {
  const seconds = { unit: 's', advice: { explicitBucketBoundaries: DURATION_BUCKETS } }
  const duration = meter.createHistogram(semconv.METRIC_OPERATION_DURATION, {
    ...seconds,
    description: 'GenAI operation duration.',
  })
  const tokens = meter.createHistogram(semconv.METRIC_TOKEN_USAGE, {
    unit: '{token}',
    description: 'Number of input and output tokens used.',
    advice: { explicitBucketBoundaries: TOKEN_BUCKETS },
  })
  const toFirst = meter.createHistogram(semconv.METRIC_TIME_TO_FIRST_CHUNK, {
    ...seconds,
    description: 'Time to receive the first chunk.',
  })
  const perChunk = meter.createHistogram(semconv.METRIC_TIME_PER_OUTPUT_CHUNK, {
    ...seconds,
    description: 'Time per output chunk, recorded for each chunk received after the first one.',
  })
  return {
    record(call) {
      const { attributes, labels } = call
      recordDuration(call, duration)
      recordStreamTiming(call, toFirst, perChunk)
      const input = billableTokens(attributes, semconv.ATTR_USAGE_INPUT_TOKENS)
      const output = billableTokens(attributes, semconv.ATTR_USAGE_OUTPUT_TOKENS)
      if (input !== undefined) tokens.record(input, labels.with(semconv.ATTR_TOKEN_TYPE, 'input'))
      if (output !== undefined) tokens.record(output, labels.with(semconv.ATTR_TOKEN_TYPE, 'output'))
    },
  }
}
