import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Attributes, metrics } from '@opentelemetry/api'
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addRequestAttributes, identifyingAttributes } from '../src/call/request-attributes.ts'
import { responseAttributes } from '../src/call/response-attributes.ts'
import type { SemconvVersion } from '../src/configuration.ts'
import type { GenAiRequest, GenAiResponse } from '../src/flavors/types.ts'
import { createClients, scenarios } from './support/app-scenarios.ts'
import { captureSpans } from './support/captured-spans.ts'
import { type StandIn, startStandIn } from './support/stand-in.ts'

const registries = path.join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'semconv')
const present = existsSync(registries)
if (!present) console.log('semantic conventions: skipped, ../shared/semconv is not there')

interface Row {
  attribute: string
  type: string
  requirement_level: string
}
interface Registry {
  spans: { attributes: Row[] }[]
  span_refinements?: { attributes: Row[] }[]
  metrics: { name: string; instrument: string; unit: string; buckets?: number[]; attributes: Row[] }[]
}

const FILES: Readonly<Record<SemconvVersion, string>> = {
  '1.41': 'registry-v1.41.1.json',
  dev: 'registry.json',
}
/** Of our own namespaces, and the cost that a provider states, for which the conventions have no name yet. */
const OURS = /^(spanmeter|business)\.|^gen_ai\.usage\.cost\./
/** Price inputs that only the development version names; nothing else does, so they are emitted under both. */
const MODALITIES = /^gen_ai\.usage\.(audio|image)\./
/** Of the SDK that opened the span. */
const FOREIGN = /^(anthropic|http|url)\.|^gen_ai\.usage\.cache_write\./

function load(version: SemconvVersion): Registry {
  return JSON.parse(readFileSync(path.join(registries, FILES[version]), 'utf8')) as Registry
}

function knownTypes(registry: Registry): Map<string, string> {
  const types = new Map<string, string>()
  for (const { attributes } of [
    ...registry.spans,
    ...(registry.span_refinements ?? []),
    ...registry.metrics,
  ]) {
    for (const { attribute, type } of attributes) types.set(attribute, type)
  }
  return types
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return `${typeOf(value[0])}[]`
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double'
  return typeof value
}

let standIn: StandIn
beforeAll(async () => {
  standIn = await startStandIn()
})
afterAll(() => standIn.close())

/** Everything that apps do, once. */
async function collect(semconv: SemconvVersion): Promise<{ spans: ReadableSpan[]; metrics: MetricData[] }> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 3_600_000,
    exportTimeoutMillis: 1_000,
  })
  const captured = captureSpans({ semconv })
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
  const clients = await createClients(standIn.url)
  for (const scenario of scenarios) await scenario.run(clients)
  await new Promise((resolve) => setTimeout(resolve, 100))
  captured.metering.endOpenCalls()
  const spans = await captured.take(scenarios.flatMap((scenario) => scenario.spans).length)
  await reader.forceFlush()
  captured.stop()
  const data = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
  return { spans, metrics: data }
}

/** All that a wire has ever said, at once. */
const REQUEST: Required<GenAiRequest> = {
  operation: 'chat',
  model: 'm',
  provider: 'openai',
  passedOnBy: [],
  stream: true,
  streamUsageRequested: true,
  outputType: 'json',
  choiceCount: 2,
  maxTokens: 10,
  temperature: 0.5,
  topP: 0.5,
  topK: 40,
  frequencyPenalty: 0.5,
  presencePenalty: 0.5,
  seed: 1,
  stopSequences: ['x'],
  encodingFormats: ['float'],
  embeddingDimensions: 256,
  conversationId: 'c',
  previousResponseId: 'p',
  responseId: 'r',
  background: true,
  completionWindow: '2h',
  reasoningEffort: 'low',
  serviceTier: 'flex',
  batch: true,
  image: { size: '1024x1024', quality: 'high' },
  characters: 5,
  searchContextSize: 'low',
  runsTools: true,
  seconds: 8,
  agentId: 'a',
  promptName: 'n',
  promptVersion: '1',
  guardrailId: 'g',
  knowledgeBaseId: 'k',
  streamCursor: '3',
}
const RESPONSE: GenAiResponse = {
  id: 'r',
  model: 'm',
  finishReasons: ['stop'],
  conversationId: 'c',
  compacted: true,
  serviceTier: 'flex',
  systemFingerprint: 'f',
  status: 'completed',
  usage: {
    inputTokens: 10,
    outputTokens: 5,
    cacheReadTokens: 1,
    cacheWriteTokens: 1,
    reasoningTokens: 1,
    textInputTokens: 1,
    textCacheReadTokens: 1,
    textOutputTokens: 1,
    audioInputTokens: 1,
    audioCacheReadTokens: 1,
    audioOutputTokens: 1,
    imageInputTokens: 1,
    imageCacheReadTokens: 1,
    imageOutputTokens: 1,
  },
}

describe.skipIf(!present).each<SemconvVersion>(['1.41', 'dev'])('semantic conventions %s', (version) => {
  let collected: Awaited<ReturnType<typeof collect>>
  beforeAll(async () => {
    collected = await collect(version)
  })

  const wrongIn = (attributes: Attributes): unknown[] => {
    const types = knownTypes(load(version))
    return Object.entries(attributes).filter(([name, value]) => {
      if (OURS.test(name) || MODALITIES.test(name) || FOREIGN.test(name)) return false
      const type = types.get(name)
      const own = typeOf(value)
      return type === undefined || !(type === own || type === 'any' || (type === 'double' && own === 'int'))
    })
  }

  test('every attribute of a span is a known name, with the type it is to have', () => {
    expect(collected.spans.flatMap(({ attributes }) => wrongIn(attributes))).toEqual([])
  })

  test.each(['openai', 'azure.ai.inference', 'aws.bedrock'])('and all that %s may ever say', (provider) => {
    const head = { method: 'POST', protocol: 'https:', host: 'h', port: undefined, path: '/', query: '' }
    const attributes = identifyingAttributes(provider, REQUEST, { ...head, header: () => undefined })
    addRequestAttributes(attributes, REQUEST, { flavor: 'openai-responses', version })
    Object.assign(
      attributes,
      responseAttributes(RESPONSE, { operation: 'chat', flavor: 'openai-responses', version }),
    )
    expect(wrongIn(attributes)).toEqual([])
  })

  test('every span has what is required, and a name of operation and model', () => {
    for (const { attributes, name } of collected.spans) {
      expect(attributes['gen_ai.operation.name']).toBeTypeOf('string')
      expect(attributes['gen_ai.provider.name']).toBeTypeOf('string')
      expect(attributes['server.port'] === undefined).toBe(attributes['server.address'] === undefined)
      const model = attributes['gen_ai.request.model']
      const own = `${String(attributes['gen_ai.operation.name'])} ${String(model)}`
      expect([own, 'anthropic.messages.create']).toContain(name)
    }
  })

  test('every metric is a known one, with its unit, instrument, buckets and labels', () => {
    const known = new Map(load(version).metrics.map((metric) => [metric.name, metric]))
    expect(collected.metrics.length).toBeGreaterThan(3)
    for (const { descriptor, dataPointType, dataPoints } of collected.metrics) {
      const metric = known.get(descriptor.name)
      expect({ name: descriptor.name, unit: metric?.unit }).toEqual({
        name: descriptor.name,
        unit: descriptor.unit,
      })
      expect(metric?.instrument).toBe(dataPointType === DataPointType.HISTOGRAM ? 'histogram' : 'counter')
      const required = metric!.attributes.filter((row) => row.requirement_level === 'required')
      for (const point of dataPoints) {
        expect(Object.keys(point.attributes)).toEqual(
          expect.arrayContaining(required.map((row) => row.attribute)),
        )
        const unknown = Object.keys(point.attributes).filter(
          (label) => !OURS.test(label) && !metric!.attributes.some((row) => row.attribute === label),
        )
        expect(unknown).toEqual([])
        if (dataPointType === DataPointType.HISTOGRAM) {
          expect((point.value as { buckets: { boundaries: number[] } }).buckets.boundaries).toEqual(
            metric!.buckets,
          )
        }
      }
    }
  })
})
