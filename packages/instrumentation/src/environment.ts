import { diag } from '@opentelemetry/api'
import type { ContentCapture, MeteringOptions } from './configuration.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the options that the environment gives. A value that isn't understood is said to `diag`, and left out. */
export function optionsFromEnvironment(environment: Environment): MeteringOptions {
  const options: MeteringOptions = {}
  const semconv = oneOf(environment, 'SPANMETER_SEMCONV', ['1.41', 'dev'] as const)
  if (semconv !== undefined) options.semconv = semconv
  const streamUsage = oneOf(environment, 'SPANMETER_STREAM_USAGE', ['observe', 'inject'] as const)
  if (streamUsage !== undefined) options.streamUsage = streamUsage
  const propagate = readBoolean(environment, 'SPANMETER_PROPAGATE_TO_PROVIDERS')
  if (propagate !== undefined) options.propagateToProviders = propagate
  const hosts = readPairs(environment, 'SPANMETER_HOSTS')
  if (hosts !== undefined) options.hosts = hosts
  const headers = readPairs(environment, 'SPANMETER_BAGGAGE_FROM_HEADERS')
  if (headers !== undefined) options.baggageFromHeaders = headers
  const baggageKeys = readList(environment, 'SPANMETER_BAGGAGE_KEYS')
  if (baggageKeys !== undefined) options.baggageKeys = baggageKeys
  const metricKeys = readList(environment, 'SPANMETER_METRIC_KEYS')
  if (metricKeys !== undefined) options.metricKeys = metricKeys
  const providers = readList(environment, 'SPANMETER_DISABLED_PROVIDERS')
  if (providers !== undefined) options.disabledProviders = providers
  const flavors = readList(environment, 'SPANMETER_DISABLED_FLAVORS')
  if (flavors !== undefined) options.disabledFlavors = flavors
  const capture = readContentCapture(environment)
  if (capture !== undefined) options.captureMessageContent = capture
  const maxLength = Number(read(environment, 'SPANMETER_CONTENT_MAX_LENGTH') ?? Number.NaN)
  if (maxLength > 0) options.contentMaxLength = maxLength
  return options
}

function read(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim()
  return value === '' ? undefined : value
}

function oneOf<T extends string>(
  environment: Environment,
  name: string,
  allowed: readonly T[],
): T | undefined {
  const value = read(environment, name)
  if (value === undefined) return undefined
  const known = allowed.find((candidate) => candidate === value.toLowerCase())
  if (known === undefined) diag.warn(`${name}=${value} is none of ${allowed.join(', ')}: ignored`)
  return known
}

function readBoolean(environment: Environment, name: string): boolean | undefined {
  const value = oneOf(environment, name, ['true', 'false'] as const)
  return value === undefined ? undefined : value === 'true'
}

function readList(environment: Environment, name: string): string[] | undefined {
  return read(environment, name)
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** `left=right,left=right`, the left side in lower case: hosts and header names are. */
function readPairs(environment: Environment, name: string): Record<string, string> | undefined {
  const items = readList(environment, name)
  if (items === undefined) return undefined
  const pairs: Record<string, string> = {}
  for (const item of items) {
    const at = item.indexOf('=')
    if (at > 0 && at < item.length - 1)
      pairs[item.slice(0, at).trim().toLowerCase()] = item.slice(at + 1).trim()
    else diag.warn(`${name}: "${item}" is no name=value pair: ignored`)
  }
  return pairs
}

const CONTENT_CAPTURE = ['NO_CONTENT', 'SPAN_ONLY', 'EVENT_ONLY', 'SPAN_AND_EVENT'] as const

function readContentCapture(environment: Environment): ContentCapture | undefined {
  const name = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'
  const value = read(environment, name)?.toUpperCase()
  if (value === undefined) return undefined
  if (value === 'TRUE') return 'SPAN_ONLY'
  if (value === 'FALSE') return 'NO_CONTENT'
  const known = CONTENT_CAPTURE.find((candidate) => candidate === value)
  if (known === undefined)
    diag.warn(`${name}=${value} is none of true, false, ${CONTENT_CAPTURE.join(', ')}: ignored`)
  return known
}
