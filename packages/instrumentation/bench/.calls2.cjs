// One contestant, one kind of call, in a process of its own. Prints CPU microseconds a call and memory.
const { contestants } = require('./.c2.cjs')

const [name, kind, url, count] = process.argv.slice(2)
const sdk = contestants[name]()
const OpenAI = require('openai').default
const client = new OpenAI({ apiKey: 'sk-bench', baseURL: `${url}/v1`, maxRetries: 0 })
const messages = [{ role: 'user', content: 'Hello '.repeat(50) }]

async function call() {
  if (kind === 'plain') return client.chat.completions.create({ model: 'gpt-4.1', messages })
  const stream = await client.chat.completions.create({
    model: 'gpt-4.1',
    messages,
    stream: true,
    stream_options: { include_usage: true },
  })
  let chunks = 0
  for await (const _ of stream) chunks++
  return chunks
}

async function main() {
  const calls = Number(count)
  for (let i = 0; i < calls / 2; i++) await call()
  global.gc?.()
  const before = process.cpuUsage()
  for (let i = 0; i < calls; i++) await call()
  const { user, system } = process.cpuUsage(before)
  await sdk?.provider.forceFlush()
  const rss = process.memoryUsage().rss
  global.gc?.()
  const heap = process.memoryUsage().heapUsed
  const spans = (sdk?.exporter.count ?? 0) / (calls * 1.5)
  process.stdout.write(`${JSON.stringify({ micros: (user + system) / calls, rss, heap, spans })}\n`, () =>
    process.exit(0),
  )
}

void main()
