// Makes a call for each line that it reads.
import { createInterface } from 'node:readline'
import OpenAI from 'openai'

const client = new OpenAI({ apiKey: 'sk-test', baseURL: process.env.LLM_URL })

for await (const line of createInterface(process.stdin)) {
  const messages = [{ role: 'user', content: line }]
  const reply = await client.chat.completions.create({ model: 'gpt-4.1', messages })
  process.stdout.write(`${reply.usage.total_tokens}\n`)
}
