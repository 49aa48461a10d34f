import { diag } from '@opentelemetry/api'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'
import { readString } from '../environment-values.ts'

/** As `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` say. */
export function createSampler(): Sampler {
  const name = readString('OTEL_TRACES_SAMPLER') ?? 'parentbased_always_on'
  switch (name) {
    case 'always_on':
      return new AlwaysOnSampler()
    case 'always_off':
      return new AlwaysOffSampler()
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(readRatio())
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() })
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(readRatio()) })
    default:
      if (name !== 'parentbased_always_on')
        diag.warn(`OTEL_TRACES_SAMPLER=${name} is unknown: using parentbased_always_on`)
      return new ParentBasedSampler({ root: new AlwaysOnSampler() })
  }
}

function readRatio(): number {
  const ratio = Number(readString('OTEL_TRACES_SAMPLER_ARG') ?? 1)
  if (ratio >= 0 && ratio <= 1) return ratio
  diag.warn('OTEL_TRACES_SAMPLER_ARG is not a number from 0 to 1: using 1')
  return 1
}
