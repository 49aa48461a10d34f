// One contestant, set up as its users would, in a process of its own. It makes calls when it is its turn, and tells what
// CPU time they took: of all threads, garbage collection and compilation included.
const { contestants } = require('./contestants.cjs')
const { answerFetch, url } = require('./provider.cjs')

const sdk = contestants[process.argv[2]]()
const OpenAI = require('openai').default
const client = new OpenAI({ apiKey: 'sk-bench', baseURL: `${url}/v1`, maxRetries: 0 })

const messages = [{ role: 'user', content: 'Hello '.repeat(50) }]
const kinds = {
  plain: () => client.chat.completions.create({ model: 'gpt-4.1', messages }),
  async stream() {
    const stream = await client.chat.completions.create({
      model: 'gpt-4.1',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    })
    for await (const _ of stream);
  },
}

/** @returns microseconds a call. */
async function takeTurn(kind, calls) {
  const call = kinds[kind]
  const before = process.cpuUsage()
  for (let i = 0; i < calls; i++) await call()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / calls
}

/** What the calls left behind. */
async function finish() {
  await sdk?.provider.forceFlush()
  const { count = 0, last } = sdk?.exporter ?? {}
  global.gc()
  return {
    heap: process.memoryUsage().heapUsed / 1e6,
    spans: count,
    attributes: Object.keys(last?.attributes ?? {}).length,
  }
}

answerFetch().then(() => {
  process.on('message', async ({ kind, calls }) => {
    process.send(kind === undefined ? await finish() : await takeTurn(kind, calls))
  })
  process.send('ready')
})
