import { type ContentCapture, DEFAULT_BAGGAGE_KEYS, type Undecided } from './configuration.ts'
import { readBoolean, readList, readOneOf, readPairs, readPositiveNumber } from './environment-values.ts'

const BAGGAGE_KEYS = 'SPANMETER_BAGGAGE_KEYS'

/** The options that the environment gives. */
export function optionsFromEnvironment(): Undecided {
  return {
    semconv: readOneOf('SPANMETER_SEMCONV', ['1.41', 'dev']),
    hosts: readPairs('SPANMETER_HOSTS'),
    disabledProviders: readList('SPANMETER_DISABLED_PROVIDERS'),
    disabledFlavors: readList('SPANMETER_DISABLED_FLAVORS'),
    streamUsage: readOneOf('SPANMETER_STREAM_USAGE', ['observe', 'inject']),
    propagateToProviders: readBoolean('SPANMETER_PROPAGATE_TO_PROVIDERS'),
    baggageKeys: readList(BAGGAGE_KEYS),
    baggageFromHeaders: readPairs('SPANMETER_BAGGAGE_FROM_HEADERS'),
    metricKeys: readList('SPANMETER_METRIC_KEYS'),
    captureMessageContent: readContentCapture(),
    contentMaxLength: readPositiveNumber('SPANMETER_CONTENT_MAX_LENGTH'),
  }
}

export function readContentCapture(): ContentCapture | undefined {
  const allowed = ['true', 'false', 'NO_CONTENT', 'SPAN_ONLY', 'EVENT_ONLY', 'SPAN_AND_EVENT'] as const
  const value = readOneOf('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', allowed)
  if (value === 'true') return 'SPAN_ONLY'
  return value === 'false' ? 'NO_CONTENT' : value
}

/** For code that has no options: the default of the span processor, and `recordOutcome`. */
export function readBaggageKeys(): readonly string[] {
  return readList(BAGGAGE_KEYS) ?? DEFAULT_BAGGAGE_KEYS
}
