// An app as users write them: one call of a model, then it ends as it is told to.
import { createServer } from 'node:http'
import OpenAI from 'openai'

const client = new OpenAI({ apiKey: 'sk-test', baseURL: process.env.LLM_URL })

async function main() {
  const reply = await client.chat.completions.create({
    model: 'gpt-4.1',
    messages: [{ role: 'user', content: 'Hello' }],
  })
  process.stdout.write(`${reply.usage.total_tokens}\n`)
  const how = process.argv[2]
  if (how === 'exit') process.exit(0)
  if (how === 'stdin') process.stdin.resume()
  if (how === 'throw') throw new Error('the app failed')
  if (how === 'own-handler') process.on('SIGTERM', () => process.exit(7))
  if (how === 'serve' || how === 'own-handler')
    createServer().listen(0, () => process.stdout.write('serving\n'))
}

void main()
