// The provider that is called, within the process: undici is given a connection that answers with the same bytes, cut in
// the same places, every time. Over a socket it is the kernel that says how many chunks arrive at once, and what a
// stream costs differs more by that than by any instrumentation.
const { Duplex } = require('node:stream')

const usage = {
  prompt_tokens: 100,
  completion_tokens: 200,
  total_tokens: 300,
  prompt_tokens_details: { cached_tokens: 64 },
}
const answer = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4.1-2025',
  usage,
  choices: [
    { index: 0, message: { role: 'assistant', content: 'Hello '.repeat(100) }, finish_reason: 'stop' },
  ],
})
const event = (members) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4.1-2025', ...members })}\n\n`
const chunk = (delta, finish_reason = null) => event({ choices: [{ index: 0, delta, finish_reason }] })
const events = [
  ...Array.from({ length: 198 }, (_, i) => chunk({ content: `word${i} ` })),
  chunk({}, 'stop'),
  event({ choices: [], usage }),
  'data: [DONE]\n\n',
]

const head = (type, framing) =>
  `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\nconnection: keep-alive\r\nkeep-alive: timeout=600\r\n${framing}\r\n\r\n`
const plain = [head('application/json', `content-length: ${answer.length}`) + answer].map((text) =>
  Buffer.from(text),
)
const stream = [
  head('text/event-stream', 'transfer-encoding: chunked'),
  ...events.map((data) => `${data.length.toString(16)}\r\n${data}\r\n`),
  '0\r\n\r\n',
].map((text) => Buffer.from(text))

class Connection extends Duplex {
  #request = ''

  _write(bytes, _encoding, done) {
    this.#request += bytes.toString('latin1')
    done()
    const end = this.#request.indexOf('\r\n\r\n')
    const length = /content-length: (\d+)/i.exec(this.#request)
    if (end === -1 || length === null || this.#request.length < end + 4 + Number(length[1])) return
    this.#answer(this.#request.includes('"stream":true') ? stream : plain)
    this.#request = ''
  }

  _read() {}

  /** Each piece in memory of its own, as a socket hands it over, and in a turn of its own. */
  #answer(pieces, next = 0) {
    setImmediate(() => {
      const piece = Buffer.allocUnsafeSlow(pieces[next].length)
      pieces[next].copy(piece)
      this.push(piece)
      if (next + 1 < pieces.length) this.#answer(pieces, next + 1)
    })
  }

  ref() {
    return this
  }
  unref() {
    return this
  }
  setTimeout() {
    return this
  }
}

const DISPATCHER = Symbol.for('undici.globalDispatcher.1')

/** Every `fetch` of this process is answered here. */
async function answerFetch() {
  await fetch('data:,') // loads undici
  const Agent = globalThis[DISPATCHER].constructor
  globalThis[DISPATCHER] = new Agent({
    connect(_options, connected) {
      const connection = new Connection()
      process.nextTick(connected, null, connection)
      return connection
    },
  })
}

module.exports = { answerFetch, url: 'http://127.0.0.1:4010' }
