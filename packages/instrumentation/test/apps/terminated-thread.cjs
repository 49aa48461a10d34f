// As pools do it: a thread makes a call, and is terminated once its result is there.
const { Worker, isMainThread, parentPort } = require('node:worker_threads')

async function call() {
  const url = `${process.env.LLM_URL}/chat/completions`
  const response = await fetch(url, { method: 'POST', body: '{"model":"gpt-4.1"}' })
  const { usage } = await response.json()
  return usage.total_tokens
}

async function main() {
  const worker = new Worker(__filename)
  const tokens = await new Promise((resolve) => worker.once('message', resolve))
  await worker.terminate()
  const how = process.argv[2]
  if (how === 'serve') setInterval(() => {}, 1_000)
  process.stdout.write(`${tokens}\n`)
  if (how === 'exit') process.exit(0)
}

if (isMainThread) void main()
else void call().then((tokens) => parentPort.postMessage(tokens))
