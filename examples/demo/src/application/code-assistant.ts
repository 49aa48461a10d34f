import { withBusinessContext } from '@spanmeter/instrumentation'
import { openai } from './clients.ts'
import { CODING_GUIDELINES } from './knowledge.ts'

const CONTEXT = { feature: 'code-assistant', team: 'platform' }

/** Suggests a change; streamed to the editor. */
export function suggestChange(task: string): Promise<string> {
  return withBusinessContext(CONTEXT, async () => {
    const stream = await openai.responses.create({
      model: 'gpt-4.1',
      instructions: CODING_GUIDELINES,
      input: task,
      max_output_tokens: 1_200,
      stream: true,
    })
    let suggestion = ''
    for await (const event of stream)
      if (event.type === 'response.output_text.delta') suggestion += event.delta
    return suggestion
  })
}

/** Completes a line while the user types. The small model is often overloaded: the SDK retries on its own. */
export function completeLine(line: string): Promise<string> {
  return withBusinessContext(CONTEXT, async () => {
    const completion = await openai.chat.completions.create({
      model: 'gpt-4.1-nano',
      messages: [{ role: 'user', content: `${CODING_GUIDELINES}\n${line}` }],
      max_completion_tokens: 60,
    })
    return completion.choices[0]?.message.content ?? ''
  })
}

/** The user closes the editor in the middle of an answer: what was streamed until then is billed all the same. */
export function abandonSuggestion(task: string): Promise<void> {
  return withBusinessContext(CONTEXT, async () => {
    const stream = await openai.chat.completions.create({
      model: 'gpt-4.1',
      messages: [{ role: 'user', content: task }],
      stream: true,
      stream_options: { include_usage: true },
    })
    let words = 0
    for await (const _ of stream) if (++words === 5) break
  })
}
