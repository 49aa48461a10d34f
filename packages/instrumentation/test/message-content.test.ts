import { describe, expect, test } from 'vitest'
import type { GenAiContent } from '../src/flavors/content/types.ts'
import { flavors } from '../src/flavors/find-flavor.ts'
import type { ObservedBody } from '../src/wire/types.ts'
import { serverSentEvents } from './support/exchange.ts'

function whole(content: object | string): ObservedBody {
  const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
  return { head: bytes, tail: bytes, complete: true, ended: true, totalBytes: bytes.length }
}

function contentOf(flavor: string, request: object, response: object | string): GenAiContent | undefined {
  const head = { method: 'POST', protocol: 'https:', host: 'x', port: undefined, path: '/', query: '' }
  const header = (): undefined => undefined
  return flavors
    .find(({ name }) => name === flavor)
    ?.readContent?.({ ...head, header, body: whole(request) }, { status: 200, header, body: whole(response) })
}

const SCHEMA = { type: 'object', properties: { city: { type: 'string' } } }
const TOOL = [{ type: 'function', name: 'weather', description: 'Of a city', parameters: SCHEMA }]
const ANSWER = [
  {
    role: 'assistant',
    parts: [
      { type: 'reasoning', content: 'Hm.' },
      { type: 'text', content: 'Let me see.' },
      { type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Rome' } },
    ],
    finish_reason: 'tool_call',
  },
]

describe('openai-chat-completions', () => {
  const request = {
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        name: 'ann',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
          { type: 'image_url', image_url: { url: 'https://x/cat.png' } },
          { type: 'input_audio', input_audio: { data: 'BB==', format: 'mp3' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c0', content: '20 C' },
    ],
    tools: [
      { type: 'function', function: { name: 'weather', description: 'Of a city', parameters: SCHEMA } },
    ],
  }
  const call = (args: string): object => ({
    index: 0,
    id: 'c1',
    function: { name: 'weather', arguments: args },
  })
  const read = {
    inputMessages: [
      { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
      {
        role: 'user',
        name: 'ann',
        parts: [
          { type: 'text', content: 'Look' },
          { type: 'blob', modality: 'image', content: 'AA==', mime_type: 'image/png' },
          { type: 'uri', modality: 'image', uri: 'https://x/cat.png' },
          { type: 'blob', modality: 'audio', content: 'BB==', mime_type: 'audio/mp3' },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c0', response: '20 C' }] },
    ],
    outputMessages: ANSWER,
    toolDefinitions: TOOL,
  }

  test('whole', () => {
    const message = {
      content: 'Let me see.',
      reasoning_content: 'Hm.',
      tool_calls: [call('{"city":"Rome"}')],
    }
    const response = { choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }
    expect(contentOf('openai-chat-completions', request, response)).toEqual(read)
  })

  test('streamed', () => {
    const chunk = (delta: object, finish_reason: string | null = null): object => ({
      choices: [{ index: 0, delta, finish_reason }],
    })
    const response = serverSentEvents(
      chunk({ role: 'assistant', reasoning_content: 'Hm.' }),
      chunk({ content: 'Let me ' }),
      chunk({ content: 'see.' }),
      chunk({ tool_calls: [call('{"ci')] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: 'ty":"Rome"}' } }] }),
      chunk({}, 'tool_calls'),
    )
    expect(contentOf('openai-chat-completions', request, response)).toEqual(read)
  })
})

describe('openai-responses', () => {
  test('items become the messages of who wrote them, all output one message', () => {
    const output = [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] },
      { type: 'web_search_call', id: 'ws1', status: 'completed' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Let me see.' }] },
      { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{"city":"Rome"}' },
    ]
    const request = {
      instructions: 'Be brief.',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'Look' },
            { type: 'input_image', image_url: 'https://x/cat.png' },
          ],
        },
        { type: 'function_call_output', call_id: 'c0', output: '20 C' },
      ],
      tools: [{ type: 'function', name: 'weather', description: 'Of a city', parameters: SCHEMA }],
    }
    const read = {
      systemInstructions: [{ type: 'text', content: 'Be brief.' }],
      inputMessages: [
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'Look' },
            { type: 'uri', modality: 'image', uri: 'https://x/cat.png' },
          ],
        },
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c0', response: '20 C' }] },
      ],
      outputMessages: [
        {
          ...ANSWER[0],
          parts: [
            ANSWER[0]!.parts[0],
            {
              type: 'server_tool_call',
              id: 'ws1',
              name: 'web_search',
              server_tool_call: { type: 'web_search_call', status: 'completed' },
            },
            ...ANSWER[0]!.parts.slice(1),
          ],
        },
      ],
      toolDefinitions: TOOL,
    }
    const response = { status: 'completed', output }
    expect(contentOf('openai-responses', request, response)).toEqual(read)
    const streamed = serverSentEvents({ type: 'response.created' }, { type: 'response.completed', response })
    expect(contentOf('openai-responses', request, streamed)).toEqual(read)
  })

  test('a conversation that was made shorter ends with its compaction', () => {
    const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Look' }] }
    const response = { object: 'response.compaction', output: [item, { type: 'compaction', id: 'cmp_1' }] }
    expect(contentOf('openai-responses', { input: 'Look' }, response)?.outputMessages).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'Look' }], finish_reason: 'compaction' },
    ])
  })
})

describe('anthropic-messages', () => {
  const request = {
    system: [{ type: 'text', text: 'Be brief.' }],
    messages: [
      { role: 'user', content: 'Look' },
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } },
          { type: 'tool_result', tool_use_id: 'c0', content: '20 C' },
        ],
      },
    ],
    tools: [{ name: 'weather', description: 'Of a city', input_schema: SCHEMA }],
  }
  const read = {
    systemInstructions: [{ type: 'text', content: 'Be brief.' }],
    inputMessages: [
      { role: 'user', parts: [{ type: 'text', content: 'Look' }] },
      {
        role: 'user',
        parts: [
          { type: 'blob', modality: 'image', content: 'AA==', mime_type: 'image/png' },
          { type: 'tool_call_response', id: 'c0', response: '20 C' },
        ],
      },
    ],
    outputMessages: ANSWER,
    toolDefinitions: TOOL,
  }

  test('whole', () => {
    const content = [
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'Let me see.' },
      { type: 'tool_use', id: 'c1', name: 'weather', input: { city: 'Rome' } },
    ]
    expect(contentOf('anthropic-messages', request, { content, stop_reason: 'tool_use' })).toEqual(read)
  })

  test('streamed', () => {
    const delta = (index: number, piece: object): object => ({
      type: 'content_block_delta',
      index,
      delta: piece,
    })
    const start = (index: number, content_block: object): object => ({
      type: 'content_block_start',
      index,
      content_block,
    })
    const response = serverSentEvents(
      start(0, { type: 'thinking', thinking: '' }),
      delta(0, { thinking: 'Hm.' }),
      start(1, { type: 'text', text: '' }),
      delta(1, { text: 'Let me ' }),
      delta(1, { text: 'see.' }),
      start(2, { type: 'tool_use', id: 'c1', name: 'weather', input: {} }),
      delta(2, { partial_json: '{"city"' }),
      delta(2, { partial_json: ':"Rome"}' }),
      { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
    )
    expect(contentOf('anthropic-messages', request, response)).toEqual(read)
  })
})

test('google-generate-content, whole and streamed', () => {
  const request = {
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      { role: 'user', parts: [{ text: 'Look' }, { inlineData: { mimeType: 'image/png', data: 'AA==' } }] },
      { role: 'model', parts: [{ text: 'Yes' }] },
      { role: 'user', parts: [{ functionResponse: { name: 'weather', id: 'c0', response: { t: 20 } } }] },
    ],
    tools: [{ functionDeclarations: [{ name: 'weather', description: 'Of a city', parameters: SCHEMA }] }],
  }
  const thought = { text: 'Hm.', thought: true }
  const call = { functionCall: { id: 'c1', name: 'weather', args: { city: 'Rome' } } }
  const chunks = [[thought, { text: 'Let me ' }], [{ text: 'see.' }], [call]].map((parts, index) => ({
    candidates: [{ content: { parts }, ...(index === 2 && { finishReason: 'STOP' }) }],
  }))
  const read = {
    systemInstructions: [{ type: 'text', content: 'Be brief.' }],
    inputMessages: [
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'Look' },
          { type: 'blob', modality: 'image', content: 'AA==', mime_type: 'image/png' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'text', content: 'Yes' }] },
      { role: 'user', parts: [{ type: 'tool_call_response', id: 'c0', response: { t: 20 } }] },
    ],
    outputMessages: [{ ...ANSWER[0], finish_reason: 'stop' }],
    toolDefinitions: TOOL,
  }
  expect(contentOf('google-generate-content', request, serverSentEvents(...chunks))).toEqual(read)
  expect(contentOf('google-generate-content', request, JSON.stringify(chunks))).toEqual(read) // The API accepts member names in either spelling.
  const underscored = JSON.stringify(request)
    .replace('systemInstruction', 'system_instruction')
    .replace('inlineData', 'inline_data')
    .replace('mimeType', 'mime_type')
    .replace('functionResponse', 'function_response')
    .replace('functionDeclarations', 'function_declarations')
  expect(contentOf('google-generate-content', JSON.parse(underscored), JSON.stringify(chunks))).toEqual(read)
})

test('bedrock-converse', () => {
  const request = {
    system: [{ text: 'Be brief.' }],
    messages: [
      {
        role: 'user',
        content: [
          { text: 'Look' },
          { image: { format: 'png', source: { bytes: 'AA==' } } },
          { toolResult: { toolUseId: 'c0', content: [{ text: '20 C' }] } },
        ],
      },
    ],
    toolConfig: {
      tools: [{ toolSpec: { name: 'weather', description: 'Of a city', inputSchema: { json: SCHEMA } } }],
    },
  }
  const content = [
    { reasoningContent: { reasoningText: { text: 'Hm.' } } },
    { text: 'Let me see.' },
    { toolUse: { toolUseId: 'c1', name: 'weather', input: { city: 'Rome' } } },
  ]
  expect(
    contentOf('bedrock-converse', request, { output: { message: { content } }, stopReason: 'tool_use' }),
  ).toEqual({
    systemInstructions: [{ type: 'text', content: 'Be brief.' }],
    inputMessages: [
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'Look' },
          { type: 'blob', modality: 'image', content: 'AA==', mime_type: 'image/png' },
          { type: 'tool_call_response', id: 'c0', response: [{ text: '20 C' }] },
        ],
      },
    ],
    outputMessages: ANSWER,
    toolDefinitions: TOOL,
  })
})

test('bodies that say nothing give no content', () => {
  for (const { name } of flavors.filter(({ readContent }) => readContent !== undefined)) {
    expect(contentOf(name, {}, '')).toEqual({})
  }
})

describe('of others, the same as of those whose words they use', () => {
  const input = [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }]
  const output = [
    { role: 'assistant', parts: [{ type: 'text', content: 'Hi there' }], finish_reason: 'stop' },
  ]
  const expected = { inputMessages: input, outputMessages: output }
  const messages = [{ role: 'user', content: 'Hello' }]
  const lines = (...objects: object[]): string =>
    objects.map((object) => `${JSON.stringify(object)}\n`).join('')

  test.each<[string, string, object, object | string]>([
    [
      'a text completion',
      'openai-completions',
      { prompt: 'Hello' },
      { choices: [{ text: 'Hi there', finish_reason: 'stop' }] },
    ],
    [
      'a served model',
      'model-invocations',
      { messages },
      { choices: [{ message: { content: 'Hi there' }, finish_reason: 'stop' }] },
    ],
    [
      'Claude on Bedrock',
      'bedrock-invoke',
      { anthropic_version: 'bedrock-2023-05-31', messages },
      { content: [{ type: 'text', text: 'Hi there' }], stop_reason: 'end_turn' },
    ],
    [
      'Nova on Bedrock',
      'bedrock-invoke',
      { schemaVersion: 'messages-v1', messages: [{ role: 'user', content: [{ text: 'Hello' }] }] },
      { output: { message: { content: [{ text: 'Hi there' }] } }, stopReason: 'end_turn' },
    ],
    [
      "Ollama's chat, streamed",
      'ollama-chat',
      { messages },
      lines(
        { message: { content: 'Hi ' }, done: false },
        { message: { content: 'there' }, done: true, done_reason: 'stop' },
      ),
    ],
    [
      "Ollama's generate",
      'ollama-generate',
      { prompt: 'Hello' },
      { response: 'Hi there', done: true, done_reason: 'stop' },
    ],
    ['Cohere v1', 'cohere-chat', { message: 'Hello' }, { text: 'Hi there', finish_reason: 'COMPLETE' }],
    [
      'Cohere v2, streamed',
      'cohere-chat',
      { messages },
      serverSentEvents(
        { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
        { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Hi ' } } } },
        { type: 'content-delta', index: 0, delta: { message: { content: { text: 'there' } } } },
        { type: 'message-end', delta: { finish_reason: 'COMPLETE' } },
      ),
    ],
  ])('%s', (_, flavor, request, response) => {
    expect(contentOf(flavor, request, response)).toEqual(expected)
  })
})
