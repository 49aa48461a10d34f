import { describe, expect, test } from 'vitest'
import { requestOf } from '../../test/support/otlp-messages.ts'
import { JsonTraces } from './json-traces.ts'
import { ProtobufTraces } from './protobuf-traces.ts'
import { transcode } from './transcode.ts'
import type { EditableSpan, TracesCodec } from './types.ts'

/** Names as OpenLLMetry lists messages, among others. */
function callWith(messages: number): Record<string, unknown> {
  const listed = Array.from({ length: messages }, (_, index) => [
    [`gen_ai.prompt.${index}.role`, 'user'],
    [`gen_ai.prompt.${index}.content`, `message ${index}`],
  ])
  return {
    'gen_ai.request.model': 'gpt-4.1',
    ...Object.fromEntries(listed.flat()),
    'gen_ai.usage.input_tokens': 10 + messages,
    'gen_ai.completion.0.tool_calls.1.name': 'look_up',
    'app.2.name': 'no list of content',
  }
}

const protobuf = requestOf([{ attributes: callWith(3) }, { attributes: callWith(40) }])
const codecs: readonly (readonly [string, TracesCodec, Buffer])[] = [
  ['protobuf', new ProtobufTraces(), protobuf],
  ['JSON', new JsonTraces(), Buffer.from(transcode(protobuf, 'traces', 'protobuf', 'json'))],
]

describe.each(codecs)('spans that list messages one by one, in %s', (_format, traces, body) => {
  function read<T>(use: (span: EditableSpan) => T): T[] {
    traces.scan(body)
    return traces.table.genAiSpans.map((row) => use(traces.read(row)))
  }

  test('have one shape, however many they list: all names but those beyond the first item', () => {
    const [three, forty] = read(({ shape }) => shape)
    expect(three).toBe(forty)
    expect(three!.names).toEqual([
      'gen_ai.request.model',
      'gen_ai.prompt.0.role',
      'gen_ai.prompt.0.content',
      'gen_ai.usage.input_tokens',
      'app.2.name',
    ])
  })

  test('have each value under its name, also behind a list', () => {
    const named = [
      'gen_ai.prompt.0.content',
      'gen_ai.usage.input_tokens',
      'app.2.name',
      'gen_ai.prompt.2.role',
    ]
    expect(read((span) => named.map((name) => span.attribute(name)))).toEqual([
      ['message 0', 13, 'no list of content', undefined],
      ['message 0', 50, 'no list of content', undefined],
    ])
  })

  test('are cut by every name', () => {
    const cut = read((span) => {
      const ranges = span.rangesOf((name) => /\.[12]\.(content|name)$/.test(name))
      return Array.from(
        { length: ranges.length / 2 },
        (_, index) =>
          body
            .toString('latin1', ranges[index * 2], ranges[index * 2 + 1])
            .match(/[\w.]+\.(content|name)/)?.[0],
      )
    })
    const names = [
      'gen_ai.prompt.1.content',
      'gen_ai.prompt.2.content',
      'gen_ai.completion.0.tool_calls.1.name',
      'app.2.name',
    ]
    expect(cut).toEqual([names, names])
  })
})
