import type { Span } from '@opentelemetry/api'
import type { GenAiRequest, GenAiResponse } from './flavors/types.ts'
import type { RequestHead } from './wire/types.ts'

/** The version of the GenAI semantic conventions that is emitted. */
export type SemconvVersion = '1.41' | 'dev'

/** Where message content goes, in the grammar of `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`. */
export type ContentCapture = 'NO_CONTENT' | 'SPAN_ONLY' | 'EVENT_ONLY' | 'SPAN_AND_EVENT'

/** What the constructor takes. What is left out comes from the environment, else from the default. */
export interface MeteringOptions {
  /** `SPANMETER_SEMCONV`; default `1.41`. */
  semconv?: SemconvVersion
  /** `SPANMETER_HOSTS="llm.corp.example=openai"`: `gen_ai.provider.name` by host. */
  hosts?: Readonly<Record<string, string>>
  /** `SPANMETER_DISABLED_PROVIDERS`: calls to these are left alone. */
  disabledProviders?: readonly string[]
  /** `SPANMETER_DISABLED_FLAVORS`: calls in these API flavors are left alone. */
  disabledFlavors?: readonly string[]
  /** `SPANMETER_STREAM_USAGE`: `inject` requests the usage of a stream where the app doesn't. Default `observe`. */
  streamUsage?: 'observe' | 'inject'
  /** `SPANMETER_PROPAGATE_TO_PROVIDERS`: send `traceparent` to providers too. Default false. */
  propagateToProviders?: boolean
  /** `SPANMETER_BAGGAGE_KEYS`: the baggage entries that become `business.*`. */
  baggageKeys?: readonly string[]
  /** `SPANMETER_BAGGAGE_FROM_HEADERS="x-tenant-id=tenant"`: baggage key by incoming request header. */
  baggageFromHeaders?: Readonly<Record<string, string>>
  /** `SPANMETER_METRIC_KEYS`: the business keys of low cardinality, which metrics carry as well. */
  metricKeys?: readonly string[]
  /** `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`; default `NO_CONTENT`. `true` is `SPAN_ONLY`. */
  captureMessageContent?: ContentCapture | boolean
  /** `SPANMETER_CONTENT_MAX_LENGTH`: content longer than this many characters is cut. Default 32,768. */
  contentMaxLength?: number
  /** Called with every piece of content before it is recorded; what it returns is recorded instead. */
  redactContent?: (content: string, attribute: string) => string | undefined
  /** True: this request gets no span and isn't touched. */
  ignoreRequestHook?: (request: RequestHead) => boolean
  /** Called when the span of a call has started. */
  requestHook?: (span: Span, call: { head: RequestHead; request: GenAiRequest }) => void
  /** Called before the span of a call ends; `response` is undefined where none came. */
  responseHook?: (span: Span, call: { request: GenAiRequest; response: GenAiResponse | undefined }) => void
}

type Hooks = 'redactContent' | 'ignoreRequestHook' | 'requestHook' | 'responseHook'

/** {@link MeteringOptions} with everything decided but the hooks. */
export type MeteringConfiguration = Required<Omit<MeteringOptions, Hooks>> &
  Pick<MeteringOptions, Hooks> & { captureMessageContent: ContentCapture }

export const DEFAULT_BAGGAGE_KEYS = [
  'feature',
  'tenant',
  'team',
  'workflow',
  'customer_tier',
  'environment',
  'user',
] as const

const DEFAULTS = {
  semconv: '1.41',
  hosts: {},
  disabledProviders: [],
  disabledFlavors: [],
  streamUsage: 'observe',
  propagateToProviders: false,
  baggageKeys: DEFAULT_BAGGAGE_KEYS,
  baggageFromHeaders: {},
  metricKeys: ['feature', 'team', 'environment'],
  captureMessageContent: 'NO_CONTENT',
  contentMaxLength: 32_768,
} as const satisfies Omit<MeteringConfiguration, Hooks>

/** Options of which some may be left open. */
export type Undecided = { [Name in keyof MeteringOptions]: MeteringOptions[Name] | undefined }

/** Options given, then the environment, then the defaults. */
export function resolveConfiguration(options: Undecided, fromEnvironment: Undecided): MeteringConfiguration {
  const resolved = { ...DEFAULTS, ...decided(fromEnvironment), ...decided(options) }
  return {
    ...resolved,
    hosts: inLowerCase(resolved.hosts),
    baggageFromHeaders: inLowerCase(resolved.baggageFromHeaders),
    captureMessageContent: captureOf(resolved.captureMessageContent),
  }
}

/** Hosts and header names are compared in lower case. */
function inLowerCase(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]))
}

function captureOf(capture: ContentCapture | boolean): ContentCapture {
  if (typeof capture === 'boolean') return capture ? 'SPAN_ONLY' : 'NO_CONTENT'
  return capture
}

function decided(options: Undecided): MeteringOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
