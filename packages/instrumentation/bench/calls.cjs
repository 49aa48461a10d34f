// One contestant, set up as its users would, in a process of its own. When it is its turn it makes calls with it and without,
// and tells what CPU time they took: of all threads, garbage collection and compilation included.
const { contestants } = require('./contestants.cjs')
const { answerFetch, url } = require('./provider.cjs')

const contestant = contestants[process.argv[2]]()
const OpenAI = require('openai').default

const messages = [{ role: 'user', content: 'Hello '.repeat(50) }]
const kinds = {
  plain: (client) => client.chat.completions.create({ model: 'gpt-4.1', messages }),
  async stream(client) {
    const stream = await client.chat.completions.create({
      model: 'gpt-4.1',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    })
    for await (const _ of stream);
  },
}

/** @returns microseconds a call with the contestant on, and with it off: what grows in the course of a turn grows for both. */
async function takeTurn({ kind, calls }) {
  const micros = { on: 0, off: 0 }
  for (const state of ['on', 'off', 'off', 'on']) {
    contestant?.[state]?.()
    // A client keeps the `fetch` that it finds.
    const client = new OpenAI({ apiKey: 'sk-bench', baseURL: `${url}/v1`, maxRetries: 0 })
    const call = () => kinds[kind](client)
    // What is remembered from call to call is there again.
    for (let i = 0; i < calls / 10; i++) await call()
    const before = process.cpuUsage()
    for (let i = 0; i < calls; i++) await call()
    const { user, system } = process.cpuUsage(before)
    micros[state] += (user + system) / calls / 2
  }
  return micros
}

/** What the calls left behind. */
async function finish() {
  await contestant?.provider.forceFlush()
  const { count = 0, last } = contestant?.exporter ?? {}
  global.gc()
  return {
    heap: process.memoryUsage().heapUsed / 1e6,
    spans: count,
    attributes: Object.keys(last?.attributes ?? {}).length,
  }
}

answerFetch().then(() => {
  process.on('message', async (question) => {
    process.send(question.kind === undefined ? await finish() : await takeTurn(question))
  })
  process.send('ready')
})
