import { withBusinessContext } from '@spanmeter/instrumentation'
import { anthropic } from './clients.ts'
import { contract } from './knowledge.ts'

/** Summarises one customer's contract; the contract is written to the provider's cache for an hour. */
export function summarizeContract(customer: string, question: string): Promise<string> {
  return withBusinessContext({ feature: 'document-summary', team: 'knowledge' }, async () => {
    const message = await anthropic.messages.create({
      model: 'claude-sonnet-5',
      max_tokens: 800,
      system: [{ type: 'text', text: contract(customer), cache_control: { type: 'ephemeral', ttl: '1h' } }],
      messages: [{ role: 'user', content: question }],
    })
    return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('')
  })
}
