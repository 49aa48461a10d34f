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

/**
 * Which comes first, and after how many calls, is left to chance: garbage is collected every so many calls, and would always
 * be that of the same one.
 *
 * @returns microseconds a call with the contestant on, and with it off, and how many calls were made with it on.
 */
async function takeTurn({ kind, calls }) {
  const turn = {}
  for (const state of Math.random() < 0.5 ? ['on', 'off'] : ['off', 'on']) {
    contestant?.[state]?.()
    // A client keeps the `fetch` that it finds.
    const client = new OpenAI({ apiKey: 'sk-bench', baseURL: `${url}/v1`, maxRetries: 0 })
    const make = async (count) => {
      for (let i = 0; i < count; i++) await kinds[kind](client)
    }
    const settling = Math.ceil(calls * Math.random())
    await make(settling)
    const before = process.cpuUsage()
    await make(calls)
    const { user, system } = process.cpuUsage(before)
    turn[state] = (user + system) / calls
    if (state === 'on') turn.metered = settling + calls
  }
  return turn
}

/** @returns bytes of garbage a call with the contestant on, and with it off. */
async function countGarbage({ kind, calls }) {
  const turn = {}
  for (const state of ['on', 'off']) {
    contestant?.[state]?.()
    const client = new OpenAI({ apiKey: 'sk-bench', baseURL: `${url}/v1`, maxRetries: 0 })
    for (let i = 0; i < 5; i++) await kinds[kind](client)
    global.gc()
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < calls; i++) await kinds[kind](client)
    turn[state] = (process.memoryUsage().heapUsed - before) / calls
  }
  return turn
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
    if (question.kind === undefined) process.send(await finish())
    else process.send(await (question.garbage ? countGarbage(question) : takeTurn(question)))
  })
  process.send('ready')
})
