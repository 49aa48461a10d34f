import Anthropic from '@anthropic-ai/sdk'
import { logs } from '@opentelemetry/api'
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { MeteringOptions } from '../src/configuration.ts'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { type StandIn, startStandIn } from './support/stand-in.ts'

let standIn: StandIn
let captured: CapturedSpans | undefined

beforeAll(async () => {
  standIn = await startStandIn()
})
afterAll(() => standIn.close())
afterEach(() => captured?.stop())

const CONTENT = [
  'gen_ai.system_instructions',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.tool.definitions',
]

async function contentOf(
  options: MeteringOptions,
  call: () => Promise<unknown>,
): Promise<Record<string, unknown>> {
  captured = captureSpans(options)
  await call()
  const [span] = await captured.take(1)
  const found = CONTENT.filter((name) => span?.attributes[name] !== undefined)
  return Object.fromEntries(found.map((name) => [name, JSON.parse(String(span?.attributes[name]))]))
}

const openai = (): OpenAI => new OpenAI({ apiKey: 'sk', baseURL: `${standIn.url}/v1` })
const anthropic = (): Anthropic => new Anthropic({ apiKey: 'sk', baseURL: standIn.url, logLevel: 'off' })
const messages = [{ role: 'user' as const, content: 'Hello' }]
const tools = [{ type: 'function' as const, function: { name: 'get_weather', parameters: {} } }]
const SPAN: MeteringOptions = { captureMessageContent: 'SPAN_ONLY' }

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

describe('message content', () => {
  test('stays where it is unless it is asked for', async () => {
    expect(await contentOf({}, () => openai().chat.completions.create({ model: 'm', messages }))).toEqual({})
  })

  test('is asked for by true, and not by false, as of other instrumentations', async () => {
    const call = (): Promise<unknown> => openai().chat.completions.create({ model: 'm', messages })
    expect(await contentOf({ captureMessageContent: false }, call)).toEqual({})
    captured?.stop()
    expect(Object.keys(await contentOf({ captureMessageContent: true }, call))).toContain(
      'gen_ai.input.messages',
    )
  })

  test('of a chat completion, and the same of its stream', async () => {
    const expected = {
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
      'gen_ai.output.messages': [
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { city: 'Bern' } }],
          finish_reason: 'tool_call',
        },
      ],
      'gen_ai.tool.definitions': [{ type: 'function', name: 'get_weather', parameters: {} }],
    }
    const plain = await contentOf(SPAN, () =>
      openai().chat.completions.create({ model: 'm', messages, tools }),
    )
    expect(plain).toEqual(expected)
    captured?.stop()
    const streamed = await contentOf(SPAN, async () =>
      drain(await openai().chat.completions.create({ model: 'm', messages, tools, stream: true })),
    )
    expect(streamed).toEqual(expected)
  })

  test('of a message of Anthropic’s, and the same of its stream', async () => {
    const request = { model: 'm', max_tokens: 5, system: 'Be brief', messages }
    const expected = {
      'gen_ai.system_instructions': [{ type: 'text', content: 'Be brief' }],
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
      'gen_ai.output.messages': [
        { role: 'assistant', parts: [{ type: 'text', content: 'Hello there' }], finish_reason: 'stop' },
      ],
    }
    expect(await contentOf(SPAN, () => anthropic().messages.create(request))).toEqual(expected)
    captured?.stop()
    expect(
      await contentOf(SPAN, async () =>
        drain(await anthropic().messages.create({ ...request, stream: true })),
      ),
    ).toEqual(expected)
  })

  test('of a response', async () => {
    const content = await contentOf(SPAN, () =>
      openai().responses.create({ model: 'm', instructions: 'Be brief', input: 'Hello' }),
    )
    expect(content).toEqual({
      'gen_ai.system_instructions': [{ type: 'text', content: 'Be brief' }],
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
      'gen_ai.output.messages': [
        { role: 'assistant', parts: [{ type: 'text', content: '{"answer":"yes"}' }], finish_reason: 'stop' },
      ],
    })
  })

  test('is cut to the size that is allowed, and redacted by the app’s own rule', async () => {
    const long = [{ role: 'user' as const, content: 'secret '.repeat(1_000) }]
    const options: MeteringOptions = {
      ...SPAN,
      contentMaxLength: 200,
      redactContent: (text, attribute) =>
        attribute === 'gen_ai.output.messages' ? undefined : text.replaceAll('secret', '***'),
    }
    const content = await contentOf(options, () =>
      openai().chat.completions.create({ model: 'm', messages: long }),
    )
    const text = JSON.stringify(content['gen_ai.input.messages'])
    expect(Object.keys(content)).toEqual(['gen_ai.input.messages'])
    expect(text.length).toBeLessThan(200)
    expect(text).toContain('***')
    expect(text).not.toContain('secret')
  })

  test('is not cut within a character', async () => {
    const long = [{ role: 'user' as const, content: `x${'🙂'.repeat(500)}` }]
    const content = await contentOf({ ...SPAN, contentMaxLength: 200 }, () =>
      openai().chat.completions.create({ model: 'm', messages: long }),
    )
    const text = JSON.stringify(content['gen_ai.input.messages'])
    expect(text).toContain('🙂')
    expect(text.isWellFormed() && !text.includes(String.raw`\ud`)).toBe(true)
  })

  test('stands on an event as what it is, with all that the span says', async () => {
    const exporter = new InMemoryLogRecordExporter()
    const processors = [new SimpleLogRecordProcessor({ exporter })]
    logs.setGlobalLoggerProvider(new LoggerProvider({ processors }))
    const redactContent = (text: string, attribute: string): string =>
      attribute === 'gen_ai.output.messages' ? 'left out' : text
    captured = captureSpans({ captureMessageContent: 'EVENT_ONLY', redactContent })
    await openai().chat.completions.create({ model: 'm', messages })
    const [span] = await captured.take(1)
    logs.disable()
    const [event] = exporter.getFinishedLogRecords()
    expect(event?.eventName).toBe('gen_ai.client.inference.operation.details')
    expect(event?.spanContext?.spanId).toBe(span?.spanContext().spanId)
    expect(event?.attributes).toEqual({
      ...span?.attributes,
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
      'gen_ai.output.messages': 'left out',
    })
  })
})
