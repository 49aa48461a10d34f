// One contestant in a process of its own, which lives through the whole run. The runner asks for slices of calls in turn
// and is told the CPU time they took, of all threads, in microseconds a call.
const { contestants } = require('./contestants.cjs')

const [name, url] = process.argv.slice(2)
const sdk = contestants[name]()
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

let made = 0

async function slice(kind, count) {
  const call = kinds[kind]
  const before = process.cpuUsage()
  for (let i = 0; i < count; i++) await call()
  const { user, system } = process.cpuUsage(before)
  made += count
  return (user + system) / count
}

/** What is left when all is done and delivered, and how many spans there were. */
async function finish() {
  await sdk?.provider.forceFlush()
  global.gc()
  return { heap: process.memoryUsage().heapUsed / 1e6, spans: (sdk?.exporter.count ?? 0) / made }
}

process.on('message', async ({ kind, count }) => {
  process.send(kind === 'finish' ? await finish() : await slice(kind, count))
})
process.on('disconnect', () => process.exit())
process.send('ready')
