import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { type ReceivedSpan, startOtlpSink } from '../support/otlp-sink.ts'
import { startProcessor } from '../support/processor.ts'
import { ON_SOURCES } from '../support/processor-process.ts'

const application = join(import.meta.dirname, 'fixtures/speak.mjs')

const REALTIME = [
  {
    type: 'session.created',
    session: { model: 'gpt-realtime', input_audio_transcription: { model: 'gpt-4o-transcribe' } },
  },
  { type: 'response.created', response: { id: 'spoken' } },
  { type: 'response.output_audio.delta', response_id: 'spoken', delta: 'A'.repeat(10_000) },
  {
    type: 'response.done',
    response: {
      id: 'spoken',
      status: 'completed',
      usage: {
        input_tokens: 132,
        input_token_details: {
          text_tokens: 119,
          audio_tokens: 13,
          cached_tokens: 64,
          cached_tokens_details: { text_tokens: 64, audio_tokens: 0 },
        },
        output_tokens: 121,
        output_token_details: { text_tokens: 30, audio_tokens: 91 },
        total_tokens: 253,
      },
    },
  },
  {
    type: 'conversation.item.input_audio_transcription.completed',
    item_id: 'i',
    usage: {
      type: 'tokens',
      input_tokens: 13,
      input_token_details: { text_tokens: 0, audio_tokens: 13 },
      output_tokens: 9,
      total_tokens: 22,
    },
  },
]

const LIVE = [
  { setupComplete: {} },
  { serverContent: { modelTurn: { parts: [{ inlineData: { data: 'A'.repeat(10_000) } }] } } },
  {
    serverContent: { turnComplete: true },
    usageMetadata: {
      promptTokenCount: 100,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 50 },
        { modality: 'AUDIO', tokenCount: 50 },
      ],
      responseTokenCount: 20,
      responseTokensDetails: [{ modality: 'AUDIO', tokenCount: 20 }],
      thoughtsTokenCount: 7,
      totalTokenCount: 120,
    },
  },
]

const SESSION = [
  { type: 'session.started', session: { id: 'l', model: 'gpt-live-1' } },
  { type: 'session.closed', reason: 'close_requested', usage: { seconds: 60 } },
]

const RESPONSE = [
  {
    type: 'response.completed',
    response: {
      id: 'r',
      model: 'gpt-4.1',
      status: 'completed',
      usage: { input_tokens: 1_000, output_tokens: 500 },
    },
  },
]

const answers: readonly [string, readonly object[]][] = [
  ['realtime', REALTIME],
  ['BidiGenerateContent', LIVE],
  ['live/sessions', SESSION],
  ['responses', RESPONSE],
]

test('what is said over WebSockets has its price, each model its own', async () => {
  const provider = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(provider, 'listening')
  provider.on('connection', (socket: WebSocket, { url }) => {
    socket.once('message', () => {
      for (const event of answers.find(([path]) => url?.includes(path))?.[1] ?? [])
        socket.send(JSON.stringify(event))
    })
  })
  const base = `ws://127.0.0.1:${(provider.address() as AddressInfo).port}`
  const model = 'models/gemini-2.5-flash-native-audio-preview-12-2025'
  const said = [
    [`${base}/v1/realtime?model=gpt-realtime`, [{ type: 'response.create' }]],
    [
      `${base}/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent`,
      [{ setup: { model } }, { clientContent: { turns: [], turnComplete: true } }],
    ],
    [`${base}/v1/live/sessions`, [{ type: 'session.start' }]],
    [`${base}/v1/responses`, [{ type: 'response.create', model: 'gpt-4.1', input: 'Hi' }]],
  ]
  const backend = await startOtlpSink()
  const processor = await startProcessor({ exporters: [{ name: 'backend', endpoint: backend.url }] })
  await promisify(execFile)(
    process.execPath,
    [...ON_SOURCES, '--require', '@spanmeter/instrumentation/register', application, JSON.stringify(said)],
    { env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: processor.http } },
  )
  await backend.until((spans) => spans.length >= 5)

  const costOf = ({ attributes }: ReceivedSpan): object =>
    Object.fromEntries(
      Object.entries(attributes).filter(([name]) =>
        /^spanmeter.cost.(amount|input|output|audio|cache_read|unpriced|price)$/.test(name),
      ),
    )
  const bySpan = Object.fromEntries(backend.spans.map((span) => [span.name, costOf(span)]))
  expect(bySpan).toEqual({
    // A million: 55 of text at 4, 64 of them again at 0.4, 13 of sound at 32; 30 at 16, 91 of sound at 64.
    'chat gpt-realtime': {
      'spanmeter.cost.amount': 0.0069656,
      'spanmeter.cost.audio': 0.00624,
      'spanmeter.cost.cache_read': 0.0000256,
      'spanmeter.cost.input': 0.00022,
      'spanmeter.cost.output': 0.00048,
      'spanmeter.cost.price': 'openai/gpt-realtime@2025-08-28',
    },
    // 13 of sound at 6, 9 at 10.
    'generate_content gpt-4o-transcribe': {
      'spanmeter.cost.amount': 0.000168,
      'spanmeter.cost.audio': 0.000078,
      'spanmeter.cost.output': 0.00009,
      'spanmeter.cost.price': 'openai/gpt-4o-transcribe@2025-03-20',
    },
    // 50 at 0.5, 50 of sound at 3; 20 of sound at 12, 7 thought at 2.
    'generate_content gemini-2.5-flash-native-audio-preview-12-2025': {
      'spanmeter.cost.amount': 0.000429,
      'spanmeter.cost.audio': 0.00039,
      'spanmeter.cost.input': 0.000025,
      'spanmeter.cost.output': 0.000014,
      'spanmeter.cost.price': 'gcp.gemini/gemini-2.5-flash-native-audio-preview-12-2025@2026-08-01',
    },
    // A minute at 3 an hour.
    'chat gpt-live-1': {
      'spanmeter.cost.amount': 0.05,
      'spanmeter.cost.audio': 0.05,
      'spanmeter.cost.price': 'openai/gpt-live-1@2026-10-14',
    },
    // 1,000 at 2, 500 at 8.
    'chat gpt-4.1': {
      'spanmeter.cost.amount': 0.006,
      'spanmeter.cost.input': 0.002,
      'spanmeter.cost.output': 0.004,
      'spanmeter.cost.price': 'openai/gpt-4.1@2025-04-14',
    },
  })

  await processor.stop()
  await backend.close()
  provider.close()
})
