import { connect } from 'node:net'
import { GoogleGenAI } from '@google/genai'
import OpenAI, { AzureOpenAI } from 'openai'
import { OpenAIRealtimeWS } from 'openai/realtime/ws'
import { LiveWS } from 'openai/resources/live/ws'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { withBusinessContext } from '../src/business/business-context.ts'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { collectGarbage } from './support/collect-garbage.ts'
import { answering, startWebSocketServer, type WebSocketStandIn } from './support/websocket-server.ts'

let captured: CapturedSpans
let server: WebSocketStandIn | undefined
beforeEach(() => {
  captured = captureSpans({ semconv: 'dev', captureMessageContent: 'SPAN_ONLY' })
})
afterEach(async () => {
  captured.stop()
  await server?.close()
  server = undefined
})

type Json = Record<string, unknown>
type Send = (event: object) => void

const SOUND = 'A'.repeat(40_000)

const SESSION = {
  type: 'realtime',
  object: 'realtime.session',
  id: 'sess_1',
  model: 'gpt-realtime-2025-08-28',
  output_modalities: ['audio'],
  instructions: 'Talk fast.',
  max_output_tokens: 4096,
  audio: { input: { transcription: { model: 'gpt-4o-transcribe' } } },
}

const USAGE = {
  total_tokens: 253,
  input_tokens: 132,
  output_tokens: 121,
  input_token_details: {
    text_tokens: 119,
    audio_tokens: 13,
    image_tokens: 0,
    cached_tokens: 64,
    cached_tokens_details: { text_tokens: 64, audio_tokens: 0, image_tokens: 0 },
  },
  output_token_details: { text_tokens: 30, audio_tokens: 91 },
}

function responds(send: Send, id: string, done: Json = { status: 'completed', usage: USAGE }): void {
  const response = {
    object: 'realtime.response',
    id,
    conversation_id: 'conv_1',
    output_modalities: ['audio'],
  }
  send({
    type: 'response.created',
    event_id: 'e1',
    response: { ...response, status: 'in_progress', usage: null },
  })
  send({
    type: 'response.output_audio.delta',
    event_id: 'e2',
    response_id: id,
    item_id: 'item_2',
    delta: SOUND,
  })
  send({ type: 'response.output_audio.done', event_id: 'e3', response_id: id, item_id: 'item_2' })
  const output = [
    {
      id: 'item_2',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_audio', transcript: 'Hello there' }],
    },
  ]
  send({ type: 'response.done', event_id: 'e4', response: { ...response, output, ...done } })
}

/** A server that hears the end of a turn in every `input_audio_buffer.append`. */
const openai = (session: Json = SESSION) =>
  answering(({ type, response, event_id }, send, socket) => {
    if (type === 'session.update') send({ type: 'session.created', event_id: 'e0', session })
    if (type === 'input_audio_buffer.append') {
      send({ type: 'input_audio_buffer.committed', event_id: 'e5', item_id: 'item_1' })
      responds(send, 'resp_heard')
      send({
        type: 'conversation.item.input_audio_transcription.completed',
        event_id: 'e6',
        item_id: 'item_1',
        transcript: 'Hi',
        usage: {
          type: 'tokens',
          total_tokens: 22,
          input_tokens: 13,
          output_tokens: 9,
          input_token_details: { text_tokens: 0, audio_tokens: 13 },
        },
      })
    }
    if (type !== 'response.create') return
    const asked = (response as Json | undefined)?.metadata as Json | undefined
    if (asked?.end === 'refused') {
      const error = {
        type: 'invalid_request_error',
        code: 'conversation_already_has_active_response',
        message: 'no',
        event_id,
      }
      send({ type: 'error', event_id: 'e7', error })
    } else if (asked?.end === 'failed') {
      const status_details = {
        type: 'failed',
        error: { type: 'server_error', code: 'oops', message: 'sorry' },
      }
      responds(send, 'resp_failed', { status: 'failed', status_details, usage: null })
    } else if (asked?.end === 'interrupted')
      responds(send, 'resp_cut', {
        status: 'cancelled',
        status_details: { type: 'cancelled', reason: 'turn_detected' },
        usage: USAGE,
      })
    else if (asked?.end === 'closed') {
      send({
        type: 'response.created',
        event_id: 'e1',
        response: { id: 'resp_closed', conversation_id: 'conv_1', status: 'in_progress' },
      })
      socket.close(1011, 'session expired')
    } else responds(send, 'resp_asked')
  })

/** The SDK speaks TLS only; a test needs none. */
function plainly(url: string) {
  return { createConnection: () => connect(Number(new URL(url).port), '127.0.0.1') } as never
}

function realtime(url: string, model = 'gpt-realtime'): Promise<OpenAIRealtimeWS> {
  const client = new OpenAI({ apiKey: 'key', baseURL: `${url.replace('ws', 'http')}/v1` })
  const socket = new OpenAIRealtimeWS({ model, options: plainly(url) }, client)
  socket.on('error', () => {})
  return new Promise((resolve) => {
    socket.on('session.created', () => resolve(socket))
    socket.socket.on('open', () => socket.send({ type: 'session.update', session: { type: 'realtime' } }))
  })
}

const AUDIO = {
  'gen_ai.usage.input_tokens': 132,
  'gen_ai.usage.output_tokens': 121,
  'gen_ai.usage.cache_read.input_tokens': 64,
  'gen_ai.usage.text.input_tokens': 119,
  'gen_ai.usage.text.cache_read.input_tokens': 64,
  'gen_ai.usage.text.output_tokens': 30,
  'gen_ai.usage.audio.input_tokens': 13,
  'gen_ai.usage.audio.cache_read.input_tokens': 0,
  'gen_ai.usage.audio.output_tokens': 91,
}

describe("OpenAI's Realtime API", () => {
  test('a response that the app asks for is a call in what has asked for it', async () => {
    server = await startWebSocketServer(openai())
    const { url } = server
    const socket = await withBusinessContext({ feature: 'opened' }, () => realtime(url))
    withBusinessContext({ feature: 'asked' }, () =>
      socket.send({
        type: 'response.create',
        response: { instructions: 'Be kind.', max_output_tokens: 200 },
      }),
    )
    const [span] = await captured.take(1)
    expect(span!.name).toBe('chat gpt-realtime')
    expect(span!.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-realtime',
      'gen_ai.request.stream': true,
      'gen_ai.request.max_tokens': 200,
      'gen_ai.output.type': 'speech',
      'gen_ai.response.model': 'gpt-realtime-2025-08-28',
      'gen_ai.response.id': 'resp_asked',
      'gen_ai.response.status': 'completed',
      'gen_ai.conversation.id': 'conv_1',
      'gen_ai.response.time_to_first_chunk': expect.any(Number),
      'gen_ai.system_instructions': expect.stringContaining('Be kind.'),
      'gen_ai.output.messages': expect.stringContaining('Hello there'),
      'business.feature': 'asked',
      ...AUDIO,
    })
    socket.close()
  })

  test('one that the server begins by itself belongs to what has opened the connection, and so does what was heard', async () => {
    server = await startWebSocketServer(openai())
    const { url } = server
    const socket = await withBusinessContext({ feature: 'opened' }, () => realtime(url))
    withBusinessContext({ feature: 'microphone' }, () =>
      socket.send({ type: 'input_audio_buffer.append', audio: SOUND }),
    )
    const [response, transcription] = await captured.take(2)
    expect(response!.attributes).toMatchObject({
      'gen_ai.response.id': 'resp_heard',
      'business.feature': 'opened',
      ...AUDIO,
    })
    expect(transcription!.name).toBe('generate_content gpt-4o-transcribe')
    expect(transcription!.attributes).toMatchObject({
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.output.type': 'text',
      'gen_ai.usage.input_tokens': 13,
      'gen_ai.usage.audio.input_tokens': 13,
      'gen_ai.usage.output_tokens': 9,
      'business.feature': 'opened',
    })
    socket.close()
  })

  test.each([
    ['is refused', 'refused', { 'error.type': 'invalid_request_error' }],
    ['fails', 'failed', { 'error.type': 'server_error', 'gen_ai.response.status': 'failed' }],
    [
      'is interrupted',
      'interrupted',
      {
        'gen_ai.response.finish_reasons': ['turn_detected'],
        'gen_ai.response.status': 'cancelled',
        ...AUDIO,
      },
    ],
    [
      'ends with the connection',
      'closed',
      { 'error.type': '1011', 'gen_ai.response.id': 'resp_closed', 'spanmeter.usage.missing': 'aborted' },
    ],
  ])('one that %s says so', async (_, end, expected) => {
    server = await startWebSocketServer(openai())
    const socket = await realtime(server.url)
    socket.send({ type: 'response.create', event_id: 'mine', response: { metadata: { end } } })
    const [span] = await captured.take(1)
    expect(span!.attributes).toMatchObject({ 'gen_ai.request.model': 'gpt-realtime', ...expected })
    socket.close()
  })

  test('an error about something else ends no call', async () => {
    server = await startWebSocketServer(
      answering(({ type, event_id }, send) => {
        if (type === 'input_audio_buffer.commit')
          send({
            type: 'error',
            error: { type: 'invalid_request_error', code: 'input_audio_buffer_commit_empty', event_id },
          })
        if (type === 'input_audio_buffer.commit') responds(send, 'resp_1')
      }),
    )
    const socket = new WebSocket(`${server.url}/v1/realtime?model=m`)
    await new Promise((resolve) => socket.on('open', resolve))
    socket.send(JSON.stringify({ type: 'response.create', event_id: 'a' }))
    socket.send(JSON.stringify({ type: 'input_audio_buffer.commit', event_id: 'b' }))
    const [span] = await captured.take(1)
    expect(span!.attributes).toMatchObject({
      'gen_ai.response.id': 'resp_1',
      'gen_ai.usage.output_tokens': 121,
    })
    socket.close()
  })

  test('responses side by side are told apart, also where the app has joined in later', async () => {
    server = await startWebSocketServer((socket) => {
      const send: Send = (event) => socket.send(JSON.stringify(event))
      for (const id of ['a', 'b']) send({ type: 'response.created', response: { id } })
      for (const id of ['c', 'b', 'a'])
        send({
          type: 'response.done',
          response: { id, status: 'completed', usage: { ...USAGE, output_tokens: 5 } },
        })
    })
    const socket = new WebSocket(`${server.url}/v1/realtime?call_id=rtc_1`)
    const spans = await captured.take(3)
    expect(spans.map(({ attributes }) => attributes['gen_ai.response.id'])).toEqual(['c', 'b', 'a'])
    socket.close()
  })

  test('sessions of transcription alone tell how long they have listened', async () => {
    server = await startWebSocketServer(
      answering((_, send) => {
        const audio = { input: { transcription: { model: 'gpt-realtime-whisper' } } }
        send({ type: 'session.updated', session: { type: 'transcription', audio } })
        send({
          type: 'conversation.item.input_audio_transcription.completed',
          item_id: 'i',
          transcript: 'Hi',
          usage: { type: 'duration', seconds: 12.5 },
        })
      }),
    )
    const socket = new WebSocket(`${server.url}/v1/realtime?intent=transcription`)
    await new Promise((resolve) => socket.on('open', resolve))
    socket.send(JSON.stringify({ type: 'session.update' }))
    const [span] = await captured.take(1)
    expect(span!.name).toBe('generate_content gpt-realtime-whisper')
    expect(span!.attributes['spanmeter.usage.seconds']).toBe(12.5)
    socket.close()
  })

  test('Azure names a deployment, and the model in the session', async () => {
    server = await startWebSocketServer(openai())
    const client = new AzureOpenAI({
      apiKey: 'key',
      apiVersion: '2024-10-01-preview',
      baseURL: `${server.url.replace('ws', 'http')}/openai`,
      deployment: 'my-voice',
    })
    const socket = await OpenAIRealtimeWS.azure(client, { options: plainly(server.url) })
    socket.on('error', () => {})
    await new Promise((resolve) => socket.socket.on('open', resolve))
    socket.send({ type: 'session.update', session: { type: 'realtime' } })
    socket.send({ type: 'response.create' })
    const [span] = await captured.take(1)
    expect(span!.attributes).toMatchObject({
      'gen_ai.request.model': 'my-voice',
      'gen_ai.response.model': 'gpt-realtime-2025-08-28',
      ...AUDIO,
    })
    socket.close()
  })

  test('the events of its beta, as others still speak them, are read as well', async () => {
    const session = {
      model: 'qwen3-omni-flash-realtime',
      modalities: ['text', 'audio'],
      input_audio_transcription: { model: 'gummy-realtime-v1' },
    }
    server = await startWebSocketServer((socket) => {
      const send: Send = (event) => socket.send(JSON.stringify(event))
      send({ event_id: 'event_1', type: 'session.created', session })
      send({
        event_id: 'event_2',
        type: 'conversation.item.input_audio_transcription.completed',
        item_id: 'i',
        transcript: 'Hi',
      })
      send({ event_id: 'event_3', type: 'response.created', response: { id: 'r' } })
      send({ event_id: 'event_4', type: 'response.audio.delta', response_id: 'r', delta: SOUND })
      const usage = {
        total_tokens: 377,
        input_tokens: 336,
        output_tokens: 41,
        input_tokens_details: { text_tokens: 228, audio_tokens: 108 },
        output_tokens_details: { text_tokens: 9, audio_tokens: 32 },
      }
      send({ event_id: 'event_5', type: 'response.done', response: { id: 'r', status: 'completed', usage } })
    })
    const socket = new WebSocket(`${server.url}/api-ws/v1/realtime`)
    const [span, ...others] = await captured.take(1)
    expect(others).toEqual([])
    expect(span!.attributes).toMatchObject({
      'gen_ai.request.model': 'qwen3-omni-flash-realtime',
      'gen_ai.output.type': 'speech',
      'gen_ai.usage.audio.input_tokens': 108,
      'gen_ai.usage.audio.output_tokens': 32,
      'gen_ai.usage.text.output_tokens': 9,
    })
    socket.close()
  })
})

describe("OpenAI's Live API", () => {
  const used = (seconds: number): Json => ({ usage: { seconds } })
  const delegated = (type: string, more: Json = {}): Json => ({
    type: 'response.event',
    delegation_id: 'd',
    event: { type, response: { id: 'resp_1', model: 'gpt-5.5', ...more } },
  })
  const live = (last?: Json) =>
    answering(({ type }, send, socket) => {
      if (type !== 'session.start') return
      send({ type: 'session.started', session: { id: 'live_1', model: 'gpt-live-1', status: 'active' } })
      send({ type: 'session.output_audio.delta', delta: SOUND })
      send({ type: 'session.usage.updated', ...used(20) })
      send(delegated('response.created', { status: 'in_progress' }))
      send(
        delegated('response.completed', {
          status: 'completed',
          usage: { input_tokens: 9, output_tokens: 4 },
        }),
      )
      send({ type: 'session.usage.updated', ...used(40.5) })
      if (last === undefined) socket.close()
      else send(last)
    })

  test.each([
    ['whole', { type: 'session.closed', reason: 'close_requested', session: {}, ...used(41) }, 41, undefined],
    ['as far as it went', undefined, 40.5, 'aborted'],
  ])('a conversation is one call, %s, and what it delegates another', async (_, last, seconds, missing) => {
    server = await startWebSocketServer(live(last))
    const socket = new LiveWS(
      new OpenAI({ apiKey: 'key', baseURL: `${server.url.replace('ws', 'http')}/v1` }),
    )
    socket.on('error', () => {})
    socket.sendRaw(JSON.stringify({ type: 'session.start' }))
    const [response, conversation] = await captured.take(2)
    expect(response!.name).toBe('chat gpt-5.5')
    expect(response!.attributes).toMatchObject({
      'gen_ai.response.id': 'resp_1',
      'gen_ai.usage.input_tokens': 9,
      'openai.api.type': 'responses',
    })
    expect(conversation!.name).toBe('chat gpt-live-1')
    expect(conversation!.attributes).toMatchObject({
      'gen_ai.conversation.id': 'live_1',
      'gen_ai.output.type': 'speech',
      'spanmeter.usage.seconds': seconds,
    })
    expect(conversation!.attributes['spanmeter.usage.missing']).toBe(missing)
    socket.close()
  })
})

describe('an endless conversation', () => {
  test('holds no more than a short one', async () => {
    const held = (): number => {
      collectGarbage()
      const { heapUsed, arrayBuffers } = process.memoryUsage()
      return heapUsed + arrayBuffers
    }
    server = await startWebSocketServer(openai())
    const socket = await realtime(server.url)
    const converse = async (turns: number): Promise<void> => {
      for (let turn = 0; turn < turns; turn++) {
        socket.send({ type: 'input_audio_buffer.append', audio: SOUND })
        await captured.take(2)
      }
    }
    await converse(100)
    const before = held()
    await converse(400)
    expect(held() - before).toBeLessThan(2_000_000)
    socket.close()
  })
})

type LiveServer = (message: Json, send: Send) => void

/** The server sends its JSON as binary, as Google's does. */
async function startLive(answer: LiveServer, deflate = false): Promise<GoogleGenAI> {
  server = await startWebSocketServer((socket) => {
    const send: Send = (event) => socket.send(Buffer.from(JSON.stringify(event)))
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Json
      if ('setup' in message) send({ setupComplete: {} })
      else answer(message, send)
    })
  }, deflate)
  return new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: server.url.replace('ws', 'http') } })
}

const LIVE_MODEL = 'gemini-2.5-flash-native-audio-preview-12-2025'

function liveUsage(prompt: number, response: number): Json {
  return {
    promptTokenCount: prompt,
    responseTokenCount: response,
    totalTokenCount: prompt + response,
    thoughtsTokenCount: 7,
    promptTokensDetails: [
      { modality: 'TEXT', tokenCount: prompt - 50 },
      { modality: 'AUDIO', tokenCount: 50 },
    ],
    responseTokensDetails: [{ modality: 'AUDIO', tokenCount: response }],
  }
}

const speaks = (send: Send): void => {
  send({
    serverContent: {
      modelTurn: { parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data: SOUND } }] },
    },
  })
  send({ serverContent: { outputTranscription: { text: 'Grüezi' } } })
}

function connectLive(ai: GoogleGenAI) {
  return ai.live.connect({
    model: LIVE_MODEL,
    config: { responseModalities: ['AUDIO' as never], temperature: 0.5, systemInstruction: 'Be brief.' },
    callbacks: { onmessage() {} },
  })
}

describe("Gemini's Live API", () => {
  test('each turn is a call, in what has asked for it, with what that turn took', async () => {
    let turn = 0
    const ai = await startLive((_, send) => {
      speaks(send)
      send({ serverContent: { generationComplete: true } })
      send({ serverContent: { turnComplete: true }, usageMetadata: liveUsage(100 + 50 * turn, 20 + turn++) })
    })
    const session = await withBusinessContext({ feature: 'opened' }, () => connectLive(ai))
    withBusinessContext({ feature: 'asked' }, () =>
      session.sendClientContent({ turns: 'Hello', turnComplete: true }),
    )
    const [first] = await captured.take(1)
    session.sendRealtimeInput({ text: 'And again' })
    const [second] = await captured.take(1)
    expect(first!.name).toBe(`generate_content ${LIVE_MODEL}`)
    expect(first!.attributes).toMatchObject({
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.provider.name': 'gcp.gen_ai',
      'gen_ai.request.model': LIVE_MODEL,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.stream': true,
      'gen_ai.output.type': 'speech',
      'gen_ai.response.time_to_first_chunk': expect.any(Number),
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 27,
      'gen_ai.usage.reasoning.output_tokens': 7,
      'gen_ai.usage.text.input_tokens': 50,
      'gen_ai.usage.audio.input_tokens': 50,
      'gen_ai.usage.audio.output_tokens': 20,
      'gen_ai.system_instructions': expect.stringContaining('Be brief.'),
      'gen_ai.input.messages': expect.stringContaining('Hello'),
      'gen_ai.output.messages': expect.stringContaining('Grüezi'),
      'business.feature': 'asked',
    })
    expect(second!.attributes).toMatchObject({
      'gen_ai.usage.input_tokens': 150,
      'gen_ai.usage.output_tokens': 28,
    })
    session.close()
  })

  test('a turn that the server begins by itself belongs to what has opened the connection', async () => {
    const ai = await startLive((_, send) => {
      send({ serverContent: { inputTranscription: { text: 'Hi' } } })
      speaks(send)
      send({ serverContent: { turnComplete: true } })
      send({
        sessionResumptionUpdate: { newHandle: 'h', resumable: true },
        usageMetadata: liveUsage(100, 20),
      })
    })
    const session = await withBusinessContext({ feature: 'opened' }, () => connectLive(ai))
    withBusinessContext({ feature: 'microphone' }, () =>
      session.sendRealtimeInput({ audio: { data: SOUND, mimeType: 'audio/pcm' } }),
    )
    const [span] = await captured.take(1)
    expect(span!.attributes).toMatchObject({ 'business.feature': 'opened', 'gen_ai.usage.input_tokens': 100 })
    session.close()
  })

  test('the answer and what follows the results of its tools are two calls', async () => {
    const ai = await startLive((message, send) => {
      if ('clientContent' in message) {
        send({ toolCall: { functionCalls: [{ id: 'f1', name: 'weather', args: { city: 'Bern' } }] } })
        send({ usageMetadata: liveUsage(100, 20) })
      } else {
        speaks(send)
        send({ serverContent: { turnComplete: true }, usageMetadata: liveUsage(180, 30) })
      }
    })
    const session = await connectLive(ai)
    session.sendClientContent({ turns: 'Weather?', turnComplete: true })
    while (server!.handshakes.length === 0) await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => {
      const { conn } = session as unknown as { conn: { ws: WebSocket } }
      let seen = 0
      conn.ws.on('message', () => ++seen === 2 && resolve(undefined))
    })
    session.sendToolResponse({
      functionResponses: [{ id: 'f1', name: 'weather', response: { sunny: true } }],
    })
    const spans = await captured.take(2)
    expect(
      spans.map(({ attributes }) => [
        attributes['gen_ai.usage.input_tokens'],
        attributes['gen_ai.output.messages'],
        attributes['gen_ai.input.messages'],
      ]),
    ).toEqual([
      [100, expect.stringContaining('weather'), expect.stringContaining('Weather?')],
      [180, expect.stringContaining('Grüezi'), expect.stringContaining('sunny')],
    ])
    session.close()
  })

  test('a turn that is interrupted says so, with what it took', async () => {
    const ai = await startLive((_, send) => {
      speaks(send)
      send({ serverContent: { interrupted: true } })
      send({ serverContent: { turnComplete: true }, usageMetadata: liveUsage(100, 20) })
    })
    const session = await connectLive(ai)
    session.sendClientContent({ turns: 'Hello' })
    const [span] = await captured.take(1)
    expect(span!.attributes).toMatchObject({
      'gen_ai.response.finish_reasons': ['interrupted'],
      'gen_ai.usage.input_tokens': 100,
    })
    session.close()
  })

  test('a connection that ends within a turn leaves it aborted', async () => {
    const ai = await startLive((_, send) => speaks(send))
    const session = await connectLive(ai)
    session.sendClientContent({ turns: 'Hello' })
    const { conn } = session as unknown as { conn: { ws: WebSocket } }
    await new Promise((resolve) => conn.ws.once('message', resolve))
    session.close()
    const [span] = await captured.take(1)
    expect(span!.attributes['spanmeter.usage.missing']).toBe('aborted')
  })
})
