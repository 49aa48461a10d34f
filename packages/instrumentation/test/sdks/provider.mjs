// A provider that answers each API in its own form.
import { createServer } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'

const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
const answers = [
  [
    /\/chat\/completions$/,
    {
      id: 'c1',
      object: 'chat.completion',
      created: 1,
      model: 'm-1',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
      usage,
    },
  ],
  [
    /\/v1\/messages$/,
    {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'm-1',
      content: [{ type: 'text', text: 'Hi' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 10, output_tokens: 5 },
    },
  ],
  [
    /:generateContent$/,
    {
      candidates: [{ content: { role: 'model', parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }],
      modelVersion: 'm-1',
      responseId: 'r1',
      usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 },
    },
  ],
  [
    /\/converse$/,
    {
      output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
      metrics: { latencyMs: 1 },
    },
  ],
  [
    /\/api\/chat$/,
    {
      model: 'm-1',
      created_at: '2026-01-01T00:00:00Z',
      message: { role: 'assistant', content: 'Hi' },
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 10,
      eval_count: 5,
    },
  ],
  [
    /\/v2\/chat$/,
    {
      id: 'c1',
      finish_reason: 'COMPLETE',
      message: { role: 'assistant', content: [{ type: 'text', text: 'Hi' }] },
      usage: { tokens: { input_tokens: 10, output_tokens: 5 } },
    },
  ],
]

function answer(request, response) {
  request.resume()
  request.on('end', () => {
    const { pathname } = new URL(request.url, 'http://provider')
    if (pathname.startsWith('/moved/')) {
      response.writeHead(307, { location: pathname.slice('/moved'.length) }).end('elsewhere')
      return
    }
    const found = answers.find(([path]) => path.test(pathname))
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(found?.[1] ?? { error: pathname }))
  })
}

/** `http2Url` is the same over HTTP/2, which the SDK of Bedrock speaks. */
export async function startProvider() {
  const servers = [createServer(answer), createHttp2Server(answer)]
  for (const server of servers) await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const [url, http2Url] = servers.map((server) => `http://127.0.0.1:${server.address().port}`)
  return { url, http2Url }
}
