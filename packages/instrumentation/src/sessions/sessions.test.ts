import { ROOT_CONTEXT } from '@opentelemetry/api'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Attempt } from '../call/attempt.ts'
import { readRequest, readResponse } from '../call/read-exchange.ts'
import { googleLive } from '../flavors/google-live.ts'
import { openaiRealtime } from '../flavors/openai-realtime.ts'
import { openaiResponsesWebsocket } from '../flavors/openai-responses-websocket.ts'
import type { ApiFlavor, GenAiResponse } from '../flavors/types.ts'
import { observeWhole } from '../observation/body-recorder.ts'
import { TextBody } from '../observation/text-body.ts'
import type { RequestHead } from '../wire/types.ts'
import { asEvent } from './messages.ts'
import type { Session, SessionMessage } from './types.ts'

const HEAD: RequestHead = {
  method: 'GET',
  protocol: 'https:',
  host: 'provider.example',
  port: undefined,
  path: '/',
  query: '',
  header: () => undefined,
}

interface Call {
  /** What asked for it said, or that the server did by itself. */
  readonly asked: string
  ends: number
  response: GenAiResponse
}

type Event = Record<string, unknown>
/** By whom something is said, and what. */
type Line = readonly ['app' | 'server', Event]

/** Plays what both sides say. @returns the calls that came of it. */
function play(flavor: ApiFlavor, lines: readonly Line[]): Call[] {
  const calls: Call[] = []
  const session: Session = flavor.openSession!({
    head: HEAD,
    begin(message, request) {
      const read = readRequest(flavor, { ...HEAD, body: request })!
      const chunks: Uint8Array[] = []
      const call: Call = { asked: String(message.at), ends: 0, response: {} }
      calls.push(call)
      const attempt = {
        active: true,
        responded: false,
        responseStarted() {
          attempt.responded = true
        },
        responsePassed() {},
        responseChunk: (chunk: Uint8Array) => void chunks.push(chunk),
        responseEnded() {
          call.ends++
          const body = observeWhole(Buffer.concat(chunks))
          call.response = readResponse(flavor, { status: 200, header: () => undefined, body }, read)
        },
        failed() {
          attempt.responseEnded()
        },
      }
      return attempt as unknown as Attempt
    },
  })
  for (const [index, [by, event]] of lines.entries()) {
    const bytes = Buffer.from(JSON.stringify(event))
    if (!session.wants(bytes)) continue
    const message: SessionMessage = { body: observeWhole(bytes), at: index, context: ROOT_CONTEXT }
    if (by === 'app') session.sent(message)
    else session.received(message)
  }
  session.closed(new Error('over'))
  return calls
}

/** Any order of all lines that keeps that of each list. */
function interleaved(lists: readonly (readonly Line[])[]): fc.Arbitrary<Line[]> {
  const places = lists.flatMap((lines, index) => lines.map(() => index))
  return fc.shuffledSubarray(places, { minLength: places.length }).map((order) => {
    const rest = lists.map((lines) => [...lines])
    return order.map((index) => rest[index]!.shift()!)
  })
}

const usage = (index: number): Event => ({ input_tokens: 1000 + index, output_tokens: 100 + index })
const SOUND = 'A'.repeat(300)

describe('whatever the order in which things are said', () => {
  test('each response of the Realtime API is one call, and each transcription', () => {
    const response = (index: number): Line[] => {
      const id = `resp_${index}`
      return [
        ['server', { type: 'response.created', response: { id } }],
        ['server', { type: 'response.output_audio.delta', response_id: id, delta: SOUND }],
        ['server', { type: 'response.done', response: { id, status: 'completed', usage: usage(index) } }],
      ]
    }
    const transcription = (index: number): Line[] => [
      ['app', { type: 'input_audio_buffer.append', audio: SOUND }],
      ['server', { type: 'input_audio_buffer.committed', item_id: `item_${index}` }],
      [
        'server',
        {
          type: 'conversation.item.input_audio_transcription.completed',
          item_id: `item_${index}`,
          usage: usage(500 + index),
        },
      ],
    ]
    const script = fc
      .record({ asked: fc.array(fc.boolean(), { maxLength: 5 }), heard: fc.nat(3) })
      .chain(({ asked, heard }) => {
        const requests = asked.filter(Boolean).map((): Line => ['app', { type: 'response.create' }])
        const lists = [requests, ...asked.map((_, index) => response(index))]
        for (let index = 0; index < heard; index++) lists.push(transcription(index))
        return fc.record({ asked: fc.constant(asked), heard: fc.constant(heard), lines: interleaved(lists) })
      })
    fc.assert(
      fc.property(script, ({ asked, heard, lines }) => {
        const calls = play(openaiRealtime, lines)
        expect(calls.every(({ ends }) => ends === 1)).toBe(true)
        const inputs = calls.flatMap(({ response }) => response.usage?.inputTokens ?? [])
        const expected = [
          ...asked.map((_, index) => 1000 + index),
          ...Array.from({ length: heard }, (_, index) => 1500 + index),
        ]
        expect(inputs.toSorted((a, b) => a - b)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  test('each response over the lanes of a connection is one call, told of the right one', () => {
    const lane = (name: string, count: number): Line[] =>
      Array.from({ length: count }, (_, index): Line[] => {
        const response = { id: `${name}${index}`, model: `${name}${index}` }
        return [
          ['app', { type: 'response.create', model: `${name}${index}`, input: 'x', stream_id: name }],
          ['server', { type: 'response.created', response, stream_id: name }],
          ['server', { type: 'response.output_text.delta', delta: 'x', stream_id: name }],
          [
            'server',
            { type: 'response.completed', response: { ...response, usage: usage(index) }, stream_id: name },
          ],
        ]
      }).flat()
    const script = fc.array(fc.nat(3), { maxLength: 4 }).chain((counts) =>
      fc.record({
        counts: fc.constant(counts),
        lines: interleaved(counts.map((count, index) => lane('abcd'[index]!, count))),
      }),
    )
    fc.assert(
      fc.property(script, ({ counts, lines }) => {
        const calls = play(openaiResponsesWebsocket, lines)
        expect(calls).toHaveLength(counts.reduce((sum, count) => sum + count, 0))
        for (const { asked, ends, response } of calls) {
          const [, request] = lines[Number(asked)]!
          expect({ ends, id: response.id, input: response.usage?.inputTokens }).toEqual({
            ends: 1,
            id: request.model,
            input: 1000 + Number(String(request.model).slice(1)),
          })
        }
      }),
      { numRuns: 300 },
    )
  })

  test('each turn of the Live API is one call with what it took, wherever that is stated', () => {
    const content: fc.Arbitrary<Event> = fc.constantFrom(
      { modelTurn: { parts: [{ inlineData: { data: SOUND } }] } },
      { modelTurn: { parts: [{ text: 'thinking', thought: true }] } },
      { outputTranscription: { text: 'Hello' } },
    )
    const turn = fc.record({
      asked: fc.constantFrom(
        undefined,
        { clientContent: { turns: [], turnComplete: true } },
        { realtimeInput: { text: 'Hi' } },
        { realtimeInput: { activityEnd: {} } },
      ),
      before: fc.array(fc.constantFrom({ inputTranscription: { text: 'Hi' } }, { waitingForInput: true }), {
        maxLength: 2,
      }),
      contents: fc.array(content, { minLength: 1, maxLength: 4 }),
      interrupted: fc.boolean(),
      stated: fc.constantFrom('with content', 'with the end', 'after'),
      toolsFirst: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 5 }), (turns) => {
        const lines: Line[] = [['app', { setup: { model: 'models/m' } }]]
        const expected: number[] = []
        let taken = 0
        const usageMetadata = (): Event => {
          expected.push(++taken)
          return {
            usageMetadata: { promptTokenCount: taken, responseTokenCount: 1, totalTokenCount: taken + 1 },
          }
        }
        for (const { asked, before, contents, interrupted, stated, toolsFirst } of turns) {
          for (const serverContent of before) lines.push(['server', { serverContent }])
          if (asked !== undefined) lines.push(['app', asked])
          lines.push(['app', { realtimeInput: { audio: { data: SOUND, mimeType: 'audio/pcm' } } }])
          if (toolsFirst) {
            lines.push([
              'server',
              { toolCall: { functionCalls: [{ id: 'f', name: 'f', args: {} }] }, ...usageMetadata() },
            ])
            lines.push([
              'app',
              { toolResponse: { functionResponses: [{ id: 'f', name: 'f', response: {} }] } },
            ])
          }
          for (const [index, serverContent] of contents.entries()) {
            const used = stated === 'with content' && index === contents.length - 1 ? usageMetadata() : {}
            lines.push(['server', { serverContent, ...used }])
          }
          if (interrupted) lines.push(['server', { serverContent: { interrupted: true } }])
          lines.push([
            'server',
            { serverContent: { turnComplete: true }, ...(stated === 'with the end' && usageMetadata()) },
          ])
          if (stated === 'after') lines.push(['server', { sessionResumptionUpdate: {}, ...usageMetadata() }])
        }
        const calls = play(googleLive, lines)
        expect(calls.map(({ ends }) => ends)).toEqual(expected.map(() => 1))
        expect(calls.map(({ response }) => response.usage?.inputTokens)).toEqual(expected)
        expect(calls.every(({ response }) => response.error === undefined)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

test.each([100, 70_000, 130_000])('a message of %i bytes is an event of one line', (length) => {
  const said = JSON.stringify({ type: 'said', text: 'a'.repeat(length) }, undefined, 2)
  const event = asEvent(observeWhole(Buffer.from(said))).toString()
  expect(JSON.parse(event.slice('data: '.length))).toEqual(JSON.parse(said))
  expect(event.trimEnd()).not.toContain('\n')
})

describe('what is said makes no sense', () => {
  const nonsense = fc
    .oneof(fc.anything(), fc.object(), fc.json())
    .map((value) => new TextBody(JSON.stringify(value) ?? ''))
  const named = fc
    .record({
      type: fc.constantFrom(
        'response.create',
        'response.created',
        'response.done',
        'error',
        'session.created',
      ),
      response: fc.anything(),
      session: fc.anything(),
      usage: fc.anything(),
      error: fc.anything(),
    })
    .map((value) => new TextBody(JSON.stringify(value)))

  test.each([openaiRealtime, openaiResponsesWebsocket, googleLive])(
    'to $name: nothing is thrown',
    (flavor) => {
      fc.assert(
        fc.property(fc.array(fc.oneof(nonsense, named)), fc.array(fc.boolean()), (bodies, sides) => {
          const attempt = {
            active: true,
            responded: false,
            responseStarted() {},
            responsePassed() {},
            responseChunk() {},
            responseEnded() {},
            failed() {},
          }
          const session = flavor.openSession!({ head: HEAD, begin: () => attempt as unknown as Attempt })
          for (const [index, body] of bodies.entries()) {
            const message = { body, at: index, context: ROOT_CONTEXT }
            session.wants(Buffer.from(body.head))
            if (sides[index % (sides.length || 1)] === true) session.sent(message)
            else session.received(message)
          }
          session.closed(new Error('over'))
        }),
      )
    },
  )
})
