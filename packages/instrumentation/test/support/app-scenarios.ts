import { createRequire } from 'node:module'
import type Anthropic from '@anthropic-ai/sdk'
import type OpenAI from 'openai'
import type { AzureOpenAI } from 'openai'
import { zodlessFormat } from './json-schema-format.ts'

type OpenAiSdk = typeof import('openai')
type AnthropicSdk = typeof import('@anthropic-ai/sdk')

/** The SDKs as apps of either module system get them: two builds each. */
export const moduleSystems = {
  'ES modules': async (): Promise<[OpenAiSdk, AnthropicSdk]> =>
    Promise.all([import('openai'), import('@anthropic-ai/sdk')]),
  CommonJS: async (): Promise<[OpenAiSdk, AnthropicSdk]> => {
    const require = createRequire(import.meta.url)
    return [require('openai') as OpenAiSdk, require('@anthropic-ai/sdk') as AnthropicSdk]
  },
} as const

export interface Clients {
  readonly url: string
  readonly sdk: OpenAiSdk
  readonly openai: OpenAI
  readonly azure: AzureOpenAI
  readonly anthropic: Anthropic
}

/** What the one span of a scenario says; what is left out must be absent. */
export interface ExpectedSpan {
  operation: string
  provider?: string
  model?: string
  responseModel?: string
  input?: number
  output?: number
  cacheRead?: number
  reasoning?: number
  finish?: string[]
  error?: string
  missing?: string
  attempts?: number
}

export interface Scenario {
  readonly name: string
  /** @returns what the app sees, comparable by value. */
  run(clients: Clients): Promise<unknown>
  readonly spans: readonly ExpectedSpan[]
}

export async function createClients(
  url: string,
  load: () => Promise<[OpenAiSdk, AnthropicSdk]> = moduleSystems['ES modules'],
): Promise<Clients> {
  const [sdk, { Anthropic }] = await load()
  const { OpenAI, AzureOpenAI } = sdk
  const options = { apiKey: 'sk-test', maxRetries: 1, timeout: 5_000 }
  return {
    url,
    sdk,
    openai: new OpenAI({ ...options, baseURL: `${url}/v1` }),
    azure: new AzureOpenAI({
      ...options,
      endpoint: url,
      apiVersion: '2025-01-01-preview',
      deployment: 'my-gpt',
    }),
    anthropic: new Anthropic({ ...options, baseURL: url, logLevel: 'off' }),
  }
}

const messages = [{ role: 'user' as const, content: 'Hello' }]
const tools = [
  {
    type: 'function' as const,
    function: { name: 'get_weather', parameters: { type: 'object', properties: {} } },
  },
]
const model = 'gpt-4.1'
const claude = 'claude-test'

const chatSpan: ExpectedSpan = {
  operation: 'chat',
  provider: 'openai',
  model,
  responseModel: 'gpt-4.1-2026',
  input: 1000,
  output: 200,
  cacheRead: 768,
  reasoning: 64,
  finish: ['stop'],
  attempts: 1,
}
const toolSpan: ExpectedSpan = { ...chatSpan, finish: ['tool_calls'] }
const responseSpan: ExpectedSpan = {
  operation: 'chat',
  provider: 'openai',
  model,
  responseModel: 'gpt-4.1-2026',
  input: 1000,
  output: 200,
  cacheRead: 768,
  reasoning: 64,
  attempts: 1,
}
const messageSpan: ExpectedSpan = {
  operation: 'chat',
  provider: 'anthropic',
  model: claude,
  responseModel: claude,
  input: 2350,
  output: 120,
  cacheRead: 2000,
  finish: ['end_turn'],
  attempts: 1,
}
const noUsage: ExpectedSpan = {
  operation: 'chat',
  provider: 'openai',
  model,
  responseModel: 'gpt-4.1-2026',
  finish: ['stop'],
  missing: 'not_requested',
  attempts: 1,
}
const withUsage = { stream_options: { include_usage: true } }

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

async function readAll(body: ReadableStream<Uint8Array> | null): Promise<string> {
  return body === null ? '' : new Response(body).text()
}

async function failure(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    const { name, message, status } = error as { name: string; message: string; status?: number }
    return { name, constructor: (error as object).constructor.name, message, status }
  }
}

/** Some 50 things that apps do with the SDKs of OpenAI and Anthropic, or without one. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'openai: a plain chat completion',
    run: ({ openai }) => openai.chat.completions.create({ model, messages }),
    spans: [chatSpan],
  },
  {
    name: 'openai: a streamed chat completion, usage asked for',
    run: async ({ openai }) =>
      collect(await openai.chat.completions.create({ model, messages, stream: true, ...withUsage })),
    spans: [chatSpan],
  },
  {
    name: 'openai: a streamed chat completion, usage not asked for',
    run: async ({ openai }) =>
      collect(await openai.chat.completions.create({ model, messages, stream: true })),
    spans: [noUsage],
  },
  {
    name: 'openai: tools',
    run: ({ openai }) => openai.chat.completions.create({ model, messages, tools }),
    spans: [toolSpan],
  },
  {
    name: 'openai: tools, streamed',
    run: async ({ openai }) =>
      collect(await openai.chat.completions.create({ model, messages, tools, stream: true, ...withUsage })),
    spans: [toolSpan],
  },
  {
    name: 'openai: .withResponse()',
    run: async ({ openai }) => {
      const { data, response, request_id } = await openai.chat.completions
        .create({ model, messages })
        .withResponse()
      return {
        data,
        status: response.status,
        type: response.type,
        url: response.url !== '',
        redirected: response.redirected,
        bodyUsed: response.bodyUsed,
        request_id,
      }
    },
    spans: [chatSpan],
  },
  {
    name: 'openai: .withResponse() on a stream',
    run: async ({ openai }) => {
      const { data, response } = await openai.chat.completions
        .create({ model, messages, stream: true, ...withUsage })
        .withResponse()
      return { type: response.headers.get('content-type'), items: await collect(data) }
    },
    spans: [chatSpan],
  },
  {
    name: 'openai: .asResponse()',
    run: async ({ openai }) =>
      (await openai.chat.completions.create({ model, messages }).asResponse()).json(),
    spans: [chatSpan],
  },
  {
    name: 'openai: .asResponse() on a stream, its body read as text',
    run: async ({ openai }) =>
      (
        await openai.chat.completions.create({ model, messages, stream: true, ...withUsage }).asResponse()
      ).text(),
    spans: [chatSpan],
  },
  {
    name: 'openai: chat.completions.parse()',
    run: ({ openai }) => openai.chat.completions.parse({ model, messages, response_format: zodlessFormat }),
    spans: [chatSpan],
  },
  {
    name: 'openai: chat.completions.stream() with finalChatCompletion()',
    run: ({ openai }) =>
      openai.chat.completions.stream({ model, messages, ...withUsage }).finalChatCompletion(),
    spans: [chatSpan],
  },
  {
    name: 'openai: chat.completions.stream() with events',
    run: async ({ openai }) => {
      const seen: string[] = []
      const stream = openai.chat.completions.stream({ model, messages, ...withUsage })
      stream.on('content', (delta) => seen.push(delta))
      await stream.done()
      return { seen, usage: await stream.totalUsage() }
    },
    spans: [chatSpan],
  },
  {
    name: 'openai: chat.completions.runTools()',
    run: async ({ openai }) => {
      const runner = openai.chat.completions.runTools(
        {
          model,
          messages,
          tools: [
            {
              type: 'function',
              function: {
                name: 'get_weather',
                parse: JSON.parse,
                parameters: {},
                function: () => 'sunny',
                description: 'weather',
              },
            },
          ],
        },
        { maxChatCompletions: 1 },
      )
      await runner.done()
      return runner.messages
    },
    spans: [toolSpan],
  },
  {
    name: 'openai: stream.tee()',
    run: async ({ openai }) => {
      const [left, right] = (
        await openai.chat.completions.create({ model, messages, stream: true, ...withUsage })
      ).tee()
      return Promise.all([collect(left), collect(right)])
    },
    spans: [chatSpan],
  },
  {
    name: 'openai: stream.toReadableStream()',
    run: async ({ openai }) =>
      readAll(
        (
          await openai.chat.completions.create({ model, messages, stream: true, ...withUsage })
        ).toReadableStream() as ReadableStream<Uint8Array>,
      ),
    spans: [chatSpan],
  },
  {
    name: 'openai: break out of a stream',
    run: async ({ openai }) => {
      const stream = await openai.chat.completions.create({ model, messages, stream: true, ...withUsage })
      for await (const item of stream) return { first: item, aborted: stream.controller.signal.aborted }
      return undefined
    },
    spans: [
      {
        operation: 'chat',
        provider: 'openai',
        model,
        responseModel: 'gpt-4.1-2026',
        missing: 'aborted',
        attempts: 1,
      },
    ],
  },
  {
    name: 'openai: abort a stream by its controller',
    run: async ({ openai }) => {
      const stream = await openai.chat.completions.create({ model, messages, stream: true, ...withUsage })
      let count = 0
      for await (const _ of stream) if (++count === 1) stream.controller.abort()
      return 'ended quietly'
    },
    spans: [
      {
        operation: 'chat',
        provider: 'openai',
        model,
        responseModel: 'gpt-4.1-2026',
        missing: 'aborted',
        attempts: 1,
      },
    ],
  },
  {
    name: 'openai: abort before there is a response',
    run: ({ openai }) => {
      const controller = new AbortController()
      const call = failure(() =>
        openai.chat.completions.create(
          { model: 'hangs', messages },
          { signal: controller.signal, maxRetries: 0 },
        ),
      )
      setTimeout(() => controller.abort(), 300)
      return call
    },
    spans: [{ operation: 'chat', provider: 'openai', model: 'hangs', error: 'AbortError', attempts: 1 }],
  },
  {
    name: 'openai: a stream that is never read, then cancelled',
    run: async ({ openai }) => {
      const response = await openai.chat.completions
        .create({ model: 'silent', messages, stream: true, ...withUsage })
        .asResponse()
      await response.body?.cancel()
      return response.bodyUsed
    },
    spans: [{ operation: 'chat', provider: 'openai', model: 'silent', missing: 'aborted', attempts: 1 }],
  },
  {
    name: 'openai: a stream that breaks off',
    run: ({ openai }) =>
      failure(async () =>
        collect(await openai.chat.completions.create({ model: 'cut', messages, stream: true })),
      ),
    spans: [
      {
        operation: 'chat',
        provider: 'openai',
        model: 'cut',
        responseModel: 'cut-2026',
        error: 'UND_ERR_SOCKET',
        missing: 'aborted',
        attempts: 1,
      },
    ],
  },
  {
    name: 'openai: 401',
    run: ({ openai }) => failure(() => openai.chat.completions.create({ model: 'fails-401', messages })),
    spans: [{ operation: 'chat', provider: 'openai', model: 'fails-401', error: 'type_401', attempts: 1 }],
  },
  {
    name: 'openai: 429 until the retries are used up',
    run: ({ openai }) => failure(() => openai.chat.completions.create({ model: 'fails-429', messages })),
    spans: [{ operation: 'chat', provider: 'openai', model: 'fails-429', error: 'type_429', attempts: 2 }],
  },
  {
    name: 'openai: 429 on a stream rejects create()',
    run: ({ openai }) =>
      failure(() => openai.chat.completions.create({ model: 'fails-429', messages, stream: true })),
    spans: [{ operation: 'chat', provider: 'openai', model: 'fails-429', error: 'type_429', attempts: 2 }],
  },
  {
    name: 'openai: a retry that succeeds',
    run: ({ openai }) => openai.chat.completions.create({ model: 'fails-once', messages }),
    spans: [{ ...chatSpan, model: 'fails-once', responseModel: 'fails-once-2026', attempts: 2 }],
  },
  {
    name: 'openai: a time-out',
    run: ({ openai }) =>
      failure(() =>
        openai.chat.completions.create({ model: 'hangs', messages }, { timeout: 500, maxRetries: 1 }),
      ),
    spans: [{ operation: 'chat', provider: 'openai', model: 'hangs', error: 'AbortError', attempts: 2 }],
  },
  {
    name: 'openai: nobody there',
    run: ({ sdk }) =>
      failure(() =>
        new sdk.OpenAI({ apiKey: 'x', baseURL: 'http://127.0.0.1:9/v1', maxRetries: 0 }).embeddings.create({
          model: 'm',
          input: 'x',
        }),
      ),
    spans: [{ operation: 'embeddings', provider: 'openai', model: 'm', error: 'TypeError', attempts: 1 }],
  },
  {
    name: 'openai: responses.create()',
    run: ({ openai }) => openai.responses.create({ model, input: 'Hello' }),
    spans: [responseSpan],
  },
  {
    name: 'openai: responses.create(), streamed',
    run: async ({ openai }) =>
      collect(await openai.responses.create({ model, input: 'Hello', stream: true })),
    spans: [responseSpan],
  },
  {
    name: 'openai: responses.parse()',
    run: async ({ openai }) => (await openai.responses.parse({ model, input: 'Hello' })).output_text,
    spans: [responseSpan],
  },
  {
    name: 'openai: responses.stream() with finalResponse()',
    run: async ({ openai }) =>
      (await openai.responses.stream({ model, input: 'Hello' }).finalResponse()).output_text,
    spans: [responseSpan],
  },
  {
    name: 'openai: embeddings',
    run: ({ openai }) =>
      openai.embeddings.create({ model: 'text-embedding-3-small', input: 'Hello', encoding_format: 'float' }),
    spans: [
      {
        operation: 'embeddings',
        provider: 'openai',
        model: 'text-embedding-3-small',
        responseModel: 'text-embedding-3-small',
        input: 7,
        attempts: 1,
      },
    ],
  },
  {
    name: 'openai: a legacy completion by a client made with withOptions()',
    run: ({ openai }) =>
      openai.withOptions({ maxRetries: 0 }).completions.create({ model: 'davinci-002', prompt: 'Hello' }),
    spans: [
      {
        operation: 'text_completion',
        provider: 'openai',
        model: 'davinci-002',
        responseModel: 'davinci-002',
        input: 5,
        output: 2,
        finish: ['stop'],
        attempts: 1,
      },
    ],
  },
  {
    name: 'openai: listing models is no call',
    run: async ({ openai }) => collect(openai.models.list()),
    spans: [],
  },
  {
    name: 'openai: a transcription, uploaded as a form',
    run: async ({ openai, sdk }) =>
      (
        await openai.audio.transcriptions.create({
          model: 'whisper-1',
          file: await sdk.toFile(Buffer.from('RIFF'), 'a.wav'),
        })
      ).text,
    spans: [
      {
        operation: 'generate_content',
        provider: 'openai',
        model: 'whisper-1',
        input: 14,
        output: 3,
        attempts: 1,
      },
    ],
  },
  {
    name: 'openai: an image',
    run: ({ openai }) => openai.images.generate({ model: 'gpt-image-1', prompt: 'A cat' }),
    spans: [
      {
        operation: 'generate_content',
        provider: 'openai',
        model: 'gpt-image-1',
        input: 10,
        output: 1056,
        attempts: 1,
      },
    ],
  },
  {
    name: 'openai: speech, read as bytes',
    run: async ({ openai }) => {
      const spoken = await openai.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Hello' })
      return [...new Uint8Array(await spoken.arrayBuffer())].length
    },
    spans: [{ operation: 'generate_content', provider: 'openai', model: 'tts-1', attempts: 1 }],
  },
  {
    name: 'azure: a deployment',
    run: ({ azure }) => azure.chat.completions.create({ model: 'my-gpt', messages }),
    spans: [{ ...chatSpan, provider: 'azure.ai.openai', model: 'my-gpt', responseModel: 'my-gpt-2026' }],
  },
  {
    name: 'anthropic: a plain message',
    run: ({ anthropic }) => anthropic.messages.create({ model: claude, max_tokens: 10, messages }),
    spans: [messageSpan],
  },
  {
    name: 'anthropic: a streamed message',
    run: async ({ anthropic }) =>
      collect(await anthropic.messages.create({ model: claude, max_tokens: 10, messages, stream: true })),
    spans: [messageSpan],
  },
  {
    name: 'anthropic: messages.stream() with finalMessage()',
    run: ({ anthropic }) =>
      anthropic.messages.stream({ model: claude, max_tokens: 10, messages }).finalMessage(),
    spans: [messageSpan],
  },
  {
    name: 'anthropic: .withResponse()',
    run: async ({ anthropic }) => {
      const { data, response } = await anthropic.messages
        .create({ model: claude, max_tokens: 10, messages })
        .withResponse()
      return { data, status: response.status }
    },
    spans: [messageSpan],
  },
  {
    name: 'anthropic: .asResponse()',
    run: async ({ anthropic }) =>
      (await anthropic.messages.create({ model: claude, max_tokens: 10, messages }).asResponse()).json(),
    spans: [messageSpan],
  },
  {
    name: 'anthropic: break out of a stream',
    run: async ({ anthropic }) => {
      const stream = await anthropic.messages.create({
        model: claude,
        max_tokens: 10,
        messages,
        stream: true,
      })
      for await (const item of stream) return item
      return undefined
    },
    spans: [
      {
        operation: 'chat',
        provider: 'anthropic',
        model: claude,
        responseModel: claude,
        input: 2350,
        cacheRead: 2000,
        missing: 'aborted',
        attempts: 1,
      },
    ],
  },
  {
    name: 'anthropic: a retry that succeeds',
    run: ({ anthropic }) => anthropic.messages.create({ model: 'fails-once', max_tokens: 10, messages }),
    spans: [{ ...messageSpan, model: 'fails-once', responseModel: 'fails-once', attempts: 2 }],
  },
  {
    name: 'anthropic: 429 until the retries are used up',
    run: ({ anthropic }) =>
      failure(() => anthropic.messages.create({ model: 'fails-429', max_tokens: 10, messages })),
    spans: [{ operation: 'chat', provider: 'anthropic', model: 'fails-429', error: 'type_429', attempts: 2 }],
  },
  {
    name: 'anthropic: counting tokens is no inference',
    run: ({ anthropic }) => anthropic.messages.countTokens({ model: claude, messages }),
    spans: [],
  },
  {
    name: 'raw fetch, its JSON read twice by way of a clone',
    run: async ({ url }) => {
      const response = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify({ model, messages }),
      })
      const copy = response.clone()
      return [await response.json(), await copy.json()]
    },
    spans: [chatSpan],
  },
  {
    name: 'raw fetch of a Request whose body is a stream',
    run: async ({ url }) => {
      const body = new Blob([JSON.stringify({ model, messages, stream: true, ...withUsage })]).stream()
      const request = new Request(`${url}/v1/chat/completions`, {
        method: 'POST',
        body,
        duplex: 'half',
      } as RequestInit)
      return (await fetch(request)).text()
    },
    spans: [chatSpan],
  },
]
