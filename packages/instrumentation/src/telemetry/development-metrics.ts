import type { Attributes, Counter, Histogram, Meter } from '@opentelemetry/api'
import { INFERENCE } from '../call/operations.ts'
import * as semconv from '../semconv.ts'
import { billableTokens } from './billable-tokens.ts'
import { DURATION_BUCKETS, TOKEN_BUCKETS } from './buckets.ts'
import type { CallMetrics, FinishedCall } from './call-metrics.ts'
import { recordDuration, recordStreamTiming } from './timing.ts'

/** A usage attribute, its metrics, and the attributes that say which part of it was no text. */
interface TokenMetric {
  readonly total: string
  readonly counter: Counter
  readonly histogram?: Histogram
  readonly parts: Readonly<Record<'audio' | 'image', string | undefined>>
}

/** The metrics of the conventions' development version, where tokens became counters by modality. */
export function createDevelopmentMetrics(meter: Meter): CallMetrics {
  const histogram = (name: string, unit: string, buckets: number[]): Histogram =>
    meter.createHistogram(name, { unit, advice: { explicitBucketBoundaries: buckets } })
  const operationDuration = histogram(semconv.METRIC_OPERATION_DURATION, 's', DURATION_BUCKETS)
  const inferenceDuration = histogram(semconv.METRIC_INFERENCE_DURATION, 's', DURATION_BUCKETS)
  const toFirst = histogram(semconv.METRIC_INFERENCE_TIME_TO_FIRST_CHUNK, 's', DURATION_BUCKETS)
  const perChunk = histogram(semconv.METRIC_INFERENCE_TIME_PER_OUTPUT_CHUNK, 's', DURATION_BUCKETS)
  const tokens = createTokenMetrics(meter, (name) => histogram(name, '{token}', TOKEN_BUCKETS))
  return {
    record(call) {
      // Other operations keep `gen_ai.client.operation.duration`.
      const inference = INFERENCE.has(call.operation)
      recordDuration(call, inference ? inferenceDuration : operationDuration)
      if (!inference) return
      recordStreamTiming(call, toFirst, perChunk)
      for (const metric of tokens) recordTokens(metric, call)
    },
  }
}

const NO_PARTS = { audio: undefined, image: undefined }

function createTokenMetrics(meter: Meter, histogram: (name: string) => Histogram): TokenMetric[] {
  const counter = (name: string): Counter => meter.createCounter(name, { unit: '{token}' })
  return [
    {
      total: semconv.ATTR_USAGE_INPUT_TOKENS,
      counter: counter(semconv.METRIC_INFERENCE_USAGE_INPUT_TOKENS),
      histogram: histogram(semconv.METRIC_INFERENCE_OPERATION_INPUT_TOKENS),
      parts: { audio: semconv.ATTR_USAGE_AUDIO_INPUT_TOKENS, image: semconv.ATTR_USAGE_IMAGE_INPUT_TOKENS },
    },
    {
      total: semconv.ATTR_USAGE_OUTPUT_TOKENS,
      counter: counter(semconv.METRIC_INFERENCE_USAGE_OUTPUT_TOKENS),
      histogram: histogram(semconv.METRIC_INFERENCE_OPERATION_OUTPUT_TOKENS),
      parts: { audio: semconv.ATTR_USAGE_AUDIO_OUTPUT_TOKENS, image: semconv.ATTR_USAGE_IMAGE_OUTPUT_TOKENS },
    },
    {
      total: semconv.ATTR_USAGE_CACHE_READ_INPUT_TOKENS,
      counter: counter(semconv.METRIC_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS),
      parts: {
        audio: semconv.ATTR_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS,
        image: semconv.ATTR_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS,
      },
    },
    {
      total: semconv.ATTR_USAGE_CACHE_WRITE_INPUT_TOKENS,
      counter: counter(semconv.METRIC_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS),
      parts: NO_PARTS,
    },
    {
      total: semconv.ATTR_USAGE_REASONING_OUTPUT_TOKENS,
      counter: counter(semconv.METRIC_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS),
      parts: NO_PARTS,
    },
  ]
}

/** The remaining tokens are known to be text only if the provider counts audio or images separately. */
function recordTokens(
  { total, counter, histogram, parts }: TokenMetric,
  { attributes, labels }: FinishedCall,
): void {
  const amount = billableTokens(attributes, total)
  if (amount === undefined) return
  histogram?.record(amount, labels.own)
  const audio = numberAt(attributes, parts.audio)
  const image = numberAt(attributes, parts.image)
  const add = (modality: string, tokens: number | undefined): void => {
    if (tokens !== undefined && tokens > 0)
      counter.add(tokens, labels.with(semconv.ATTR_TOKEN_MODALITY, modality))
  }
  add('audio', audio)
  add('image', image)
  add(audio === undefined && image === undefined ? 'unknown' : 'text', amount - (audio ?? 0) - (image ?? 0))
}

function numberAt(attributes: Attributes, name: string | undefined): number | undefined {
  const value = name === undefined ? undefined : attributes[name]
  return typeof value === 'number' ? value : undefined
}
