import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GenAiResponse, GenAiUsage } from '../src/flavors/types.ts'
import { readExchange } from './support/exchange.ts'

/**
 * Answers as the APIs' documents allow them: members there, null or absent and in any order, events in every order, in every
 * framing of theirs. What each must be read as is told by the few rules in `expected`, which know nothing of the readers.
 */
interface Answer {
  /** An object, or the events of a stream. */
  readonly written: object | readonly object[]
  readonly expected: GenAiResponse
}

const RUNS = { seed: 20, numRuns: 150 }

const ID = 'id-1'
const MODEL = 'model-1'

/** What models write that could pass for what they are asked about. */
const text = fc.constantFrom(
  'Hello',
  '{"usage":{"prompt_tokens":7,"input_tokens":7}}',
  '"finish_reason":"stop"',
  'data: [DONE]\n\ndata: {"usage":{}}',
  'ø 日本 😀 \\" \u2028',
)
const part = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400 }))
const total = fc.integer({ min: 1_000, max: 99_999 })

/** There, null or not there. */
const maybe = <T>(value: Arbitrary<T>): Arbitrary<T | null | undefined> =>
  fc.oneof({ arbitrary: value, weight: 3 }, fc.constantFrom(null, undefined))

/** The same members in another order. */
const reordered = <T extends object>(document: Arbitrary<T>): Arbitrary<T> =>
  document.chain((value) => {
    const members = Object.entries(value)
    return fc
      .shuffledSubarray(members, { minLength: members.length })
      .map((inOrder) => Object.fromEntries(inOrder) as T)
  })

function stated<T extends object>(value: { [Name in keyof T]: T[Name] | null | undefined }): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== null && member !== undefined),
  ) as T
}

const sum = (...counts: (number | null | undefined)[]): number =>
  counts.reduce<number>((so, count) => so + (count ?? 0), 0)

/** Choices end one by one, each in an event of its own, in any order. */
const ends = (reasons: string[]): Arbitrary<{ order: number[]; reasons: string[] }> =>
  fc
    .array(fc.constantFrom(...reasons), { minLength: 1, maxLength: 4 })
    .chain((each) =>
      fc
        .shuffledSubarray([...each.keys()], { minLength: each.length })
        .map((order) => ({ order, reasons: each })),
    )

// https://platform.openai.com/docs/api-reference/chat

const chatUsage = reordered(
  fc.record({
    prompt_tokens: total,
    completion_tokens: total,
    prompt_tokens_details: maybe(fc.record({ cached_tokens: maybe(part), cache_write_tokens: maybe(part) })),
    completion_tokens_details: maybe(fc.record({ reasoning_tokens: maybe(part) })),
  }),
)

const chat: Arbitrary<Answer> = fc
  .record({ usage: chatUsage, ends: ends(['stop', 'length', 'tool_calls']), text, stream: fc.boolean() })
  .chain(({ usage, ends: { order, reasons }, text: content, stream }) => {
    const expected = {
      id: ID,
      model: MODEL,
      finishReasons: reasons,
      usage: stated<GenAiUsage>({
        inputTokens: usage.prompt_tokens,
        outputTokens: usage.completion_tokens,
        cacheReadTokens: usage.prompt_tokens_details?.cached_tokens,
        cacheWriteTokens: usage.prompt_tokens_details?.cache_write_tokens,
        reasoningTokens: usage.completion_tokens_details?.reasoning_tokens,
      }),
    }
    const choice = (index: number, finish_reason: string | null): object => ({
      index,
      finish_reason,
      [stream ? 'delta' : 'message']: { content },
    })
    const chunk = (choices: object[], of: object | null = null): object => ({
      id: ID,
      model: MODEL,
      choices,
      usage: of,
    })
    const whole = chunk(
      reasons.map((reason, index) => choice(index, reason)),
      usage,
    )
    const chunks = [
      ...reasons.map((_, index) => chunk([choice(index, null)])),
      ...order.map((index) => chunk([choice(index, reasons[index]!)])),
      chunk([], usage),
    ]
    return reordered(fc.constant(whole)).map((body) => ({ written: stream ? chunks : body, expected }))
  })

// https://platform.openai.com/docs/api-reference/responses

const responses: Arbitrary<Answer> = fc
  .record({
    usage: reordered(
      fc.record({
        input_tokens: total,
        output_tokens: total,
        input_tokens_details: fc.record({ cached_tokens: part, cache_write_tokens: maybe(part) }),
        output_tokens_details: fc.record({ reasoning_tokens: part }),
      }),
    ),
    deltas: fc.array(text, { maxLength: 9 }),
    stream: fc.boolean(),
  })
  .chain(({ usage, deltas, stream }) => {
    const output = [
      { type: 'message', content: deltas.map((delta) => ({ type: 'output_text', text: delta })) },
    ]
    const response = { id: ID, model: MODEL, status: 'completed', error: null, output, usage }
    const expected = {
      id: ID,
      model: MODEL,
      usage: stated<GenAiUsage>({
        inputTokens: usage.input_tokens,
        outputTokens: usage.output_tokens,
        cacheReadTokens: usage.input_tokens_details.cached_tokens,
        cacheWriteTokens: usage.input_tokens_details.cache_write_tokens,
        reasoningTokens: usage.output_tokens_details.reasoning_tokens,
      }),
    }
    const begun = { ...response, status: 'in_progress', output: [], usage: null }
    return reordered(fc.constant(response)).map((body) => ({
      written: stream
        ? [
            { type: 'response.created', response: begun },
            { type: 'response.in_progress', response: begun },
            ...deltas.map((delta) => ({ type: 'response.output_text.delta', delta })),
            { type: 'response.completed', response: body },
          ]
        : body,
      expected,
    }))
  })

// https://platform.claude.com/docs/en/api/messages

const messageUsage = fc.record({
  input_tokens: total,
  cache_read_input_tokens: maybe(total),
  cache_creation_input_tokens: maybe(total),
  output_tokens: total,
})

const messages: Arbitrary<Answer> = fc
  .record({
    started: messageUsage,
    last: reordered(
      fc.record({ ...messageOverrides(), output_tokens: total }, { requiredKeys: ['output_tokens'] }),
    ),
    reason: fc.constantFrom('end_turn', 'max_tokens', 'tool_use', 'pause_turn'),
    deltas: fc.array(text, { maxLength: 9 }),
    stream: fc.boolean(),
  })
  .map(({ started, last, reason, deltas, stream }) => {
    // What the last event states overrides what the first one did; null states nothing.
    const usage = stream ? { ...started, ...stated<Partial<typeof started>>(last) } : started
    const message = { type: 'message', id: ID, model: MODEL, content: [] }
    const expected = {
      id: ID,
      model: MODEL,
      finishReasons: [reason],
      usage: stated<GenAiUsage>({
        inputTokens: sum(
          usage.input_tokens,
          usage.cache_read_input_tokens,
          usage.cache_creation_input_tokens,
        ),
        outputTokens: usage.output_tokens,
        cacheReadTokens: usage.cache_read_input_tokens,
        cacheWriteTokens: usage.cache_creation_input_tokens,
      }),
    }
    const events = [
      { type: 'message_start', message: { ...message, stop_reason: null, usage: started } },
      ...deltas.map((delta) => ({ type: 'content_block_delta', delta: { type: 'text_delta', text: delta } })),
      { type: 'message_delta', delta: { stop_reason: reason }, usage: last },
      { type: 'message_stop' },
    ]
    return { written: stream ? events : { ...message, usage, stop_reason: reason }, expected }
  })

function messageOverrides(): Record<string, Arbitrary<number | null | undefined>> {
  return {
    input_tokens: maybe(total),
    cache_read_input_tokens: maybe(total),
    cache_creation_input_tokens: maybe(total),
  }
}

// https://ai.google.dev/api/generate-content

const generateContent: Arbitrary<Answer> = fc
  .record({
    usage: reordered(
      fc.record({
        promptTokenCount: total,
        candidatesTokenCount: total,
        toolUsePromptTokenCount: maybe(part),
        thoughtsTokenCount: maybe(part),
        cachedContentTokenCount: maybe(part),
      }),
    ),
    ends: ends(['STOP', 'MAX_TOKENS', 'SAFETY']),
    text,
    stream: fc.boolean(),
  })
  .map(({ usage, ends: { order, reasons }, text: content, stream }) => {
    const expected = {
      id: ID,
      model: MODEL,
      finishReasons: reasons,
      usage: stated<GenAiUsage>({
        inputTokens: sum(usage.promptTokenCount, usage.toolUsePromptTokenCount),
        outputTokens: sum(usage.candidatesTokenCount, usage.thoughtsTokenCount),
        cacheReadTokens: usage.cachedContentTokenCount,
        reasoningTokens: usage.thoughtsTokenCount,
      }),
    }
    const candidate = (index: number, finishReason?: string): object => ({
      index,
      finishReason,
      content: { parts: [{ text: content }] },
    })
    const chunk = (candidates: object[], usageMetadata: object): object => ({
      candidates,
      usageMetadata,
      modelVersion: MODEL,
      responseId: ID,
    })
    const soFar = { ...usage, candidatesTokenCount: 1 }
    const chunks = [
      ...reasons.map((_, index) => chunk([candidate(index)], soFar)),
      ...order.map((index, nth) =>
        chunk([candidate(index, reasons[index])], nth === order.length - 1 ? usage : soFar),
      ),
    ]
    const whole = chunk(
      reasons.map((reason, index) => candidate(index, reason)),
      usage,
    )
    return { written: stream ? chunks : whole, expected }
  })

/** As `JSON.stringify` writes it, and as Python does. */
const written = fc.constantFrom(
  (value: object) => JSON.stringify(value),
  (value: object) => JSON.stringify(value, null, 1).replace(/\n */g, ' '),
)

type Framing = (events: readonly object[]) => string

const serverSentEvents = fc
  .record({
    write: written,
    newline: fc.constantFrom('\n', '\r\n'),
    space: fc.constantFrom(' ', ''),
    beginning: fc.constantFrom('', '\uFEFF', ': connected\n\n'),
    end: fc.constantFrom('', 'data: [DONE]\n\n'),
  })
  .map(
    ({ write, newline, space, beginning, end }): Framing =>
      (events) =>
        [beginning, ...events.map((event) => `data:${space}${write(event)}${newline}${newline}`), end].join(
          '',
        ),
  )

/** Google's streams, where server-sent events aren't asked for. */
const jsonArray = written.map(
  (write): Framing =>
    (events) =>
      `[${events.map(write).join('\n,\r\n')}\n]\n`,
)

const APIS: [string, string, object, Arbitrary<Answer>, Arbitrary<Framing>][] = [
  ['openai-chat-completions', '/v1/chat/completions', { messages: [], n: 4 }, chat, serverSentEvents],
  ['openai-responses', '/v1/responses', { model: MODEL, input: '' }, responses, serverSentEvents],
  ['anthropic-messages', '/v1/messages', { model: MODEL, messages: [] }, messages, serverSentEvents],
  [
    'google-generate-content',
    `/v1beta/models/${MODEL}:streamGenerateContent`,
    { contents: [], generationConfig: { candidateCount: 4 } },
    generateContent,
    fc.oneof(serverSentEvents, jsonArray),
  ],
]

describe.each(APIS)('whatever %s may answer', (flavor, path, request, answers, framings) => {
  test('is read as what it says', () => {
    const property = fc.property(answers, framings, ({ written: answer, expected }, frame) => {
      const response = Array.isArray(answer) ? frame(answer) : answer
      const read = readExchange({ call: `POST ${path}`, request, response })
      expect(read.flavor).toBe(flavor)
      expect(read.response).toMatchObject(expected)
      expect(read.response?.usage).toEqual(expected.usage)
      expect(read.response?.error).toBeUndefined()
    })
    fc.assert(property, RUNS)
  })
})
