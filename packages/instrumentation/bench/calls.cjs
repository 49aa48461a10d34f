// One contestant, in a process of its own: what it adds to a call is the difference between calls made by a copy of the
// SDK that was loaded before it was set up and by one that was loaded after, in slices by turns. Both live in one heap,
// were compiled by one engine and meet the same moments of the machine.
const { contestants } = require('./contestants.cjs')
const { answerFetch, url } = require('./provider.cjs')

const [name, pairs] = [process.argv[2], Number(process.argv[3])]
/** Calls a slice: some 10 ms of work each. */
const SLICE = { plain: 20, stream: 4 }
/** By then the engine has compiled what it will: a service is measured, not its first minute. */
const WARM_UP_SLICES = { plain: 500, stream: 200 }

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

function loadClient() {
  for (const file of Object.keys(require.cache)) {
    if (file.includes('/node_modules/openai/')) delete require.cache[file]
  }
  const OpenAI = require('openai').default
  return new OpenAI({ apiKey: 'sk-bench', baseURL: `${url}/v1`, maxRetries: 0 })
}

/** CPU time of all threads, in microseconds a call. */
async function slice(kind, client) {
  const call = kinds[kind]
  // What was switched on or off just now has its first call behind it.
  await call(client)
  const before = process.cpuUsage()
  for (let i = 0; i < SLICE[kind]; i++) await call(client)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / SLICE[kind]
}

async function main() {
  await answerFetch()
  const bare = loadClient()
  const { on = () => {}, off = () => {}, sdk } = contestants[name]() ?? {}
  on()
  const instrumented = loadClient()
  off()
  const withIt = async (kind) => {
    on()
    const micros = await slice(kind, instrumented)
    off()
    return micros
  }
  const result = { base: {}, added: {} }
  let made = 0
  for (const kind of Object.keys(kinds)) {
    for (let i = 0; i < WARM_UP_SLICES[kind]; i++) {
      await slice(kind, bare)
      await withIt(kind)
    }
    await sdk?.provider.forceFlush()
    const before = sdk?.exporter.count ?? 0
    result.base[kind] = []
    result.added[kind] = []
    for (let pair = 0; pair < pairs; pair++) {
      const first = pair % 2 === 0 ? await slice(kind, bare) : undefined
      const own = await withIt(kind)
      const base = first ?? (await slice(kind, bare))
      result.base[kind].push(base)
      result.added[kind].push(own - base)
    }
    await sdk?.provider.forceFlush()
    made += pairs * (SLICE[kind] + 1)
    result.spans = (result.spans ?? 0) + (sdk?.exporter.count ?? 0) - before
  }
  result.spans /= made
  global.gc()
  result.heap = process.memoryUsage().heapUsed / 1e6
  process.send(result, () => process.exit())
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
