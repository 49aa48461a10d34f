import { recordOutcome, withBusinessContext } from '@spanmeter/instrumentation'
import { openai } from './clients.ts'
import { SUPPORT_HANDBOOK } from './knowledge.ts'

/** Answers a customer's question: a long, shared system prompt, which the provider caches, and a streamed answer. */
export function answerQuestion(question: string): Promise<string> {
  return withBusinessContext({ feature: 'faq-bot', team: 'support' }, async () => {
    const stream = await openai.chat.completions.create({
      model: 'gpt-4.1',
      messages: [
        { role: 'system', content: SUPPORT_HANDBOOK },
        { role: 'user', content: question },
      ],
      max_completion_tokens: 400,
      stream: true,
      stream_options: { include_usage: true },
    })
    let answer = ''
    for await (const chunk of stream) answer += chunk.choices[0]?.delta.content ?? ''
    recordOutcome('conversation_resolved')
    return answer
  })
}
