// The provider that is called: a plain answer, or a stream of 200 chunks, each written by itself.
const http = require('node:http')

const usage = {
  prompt_tokens: 100,
  completion_tokens: 200,
  total_tokens: 300,
  prompt_tokens_details: { cached_tokens: 64 },
}
const plain = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4.1-2025',
  usage,
  choices: [
    { index: 0, message: { role: 'assistant', content: 'Hello '.repeat(100) }, finish_reason: 'stop' },
  ],
})
const chunk = (delta, finish_reason = null) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4.1-2025', choices: [{ index: 0, delta, finish_reason }] })}\n\n`
const stream = [
  ...Array.from({ length: 198 }, (_, i) => chunk({ content: `word${i} ` })),
  chunk({}, 'stop'),
  `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4.1-2025', choices: [], usage })}\n\n`,
  'data: [DONE]\n\n',
]

const server = http.createServer((request, response) => {
  let body = ''
  request.on('data', (part) => (body += part))
  request.on('end', () => {
    if (!body.includes('"stream":true'))
      return response.writeHead(200, { 'content-type': 'application/json' }).end(plain)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    let next = 0
    const write = () => {
      if (next === stream.length) return response.end()
      response.write(stream[next++])
      setImmediate(write)
    }
    write()
  })
})
server.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}`))
