import { SpanStatusCode, trace } from '@opentelemetry/api'
import { recordOutcome, withBusinessContext } from '@spanmeter/instrumentation'
import { anthropic, openai } from './clients.ts'
import { TRIAGE_RULES } from './knowledge.ts'

const tracer = trace.getTracer('ticket-triage')
const WORKFLOW = 'ticket-triage'

/** An agentic workflow: looks for similar tickets, then loops, its context growing with every step. */
export function triageTicket(ticket: string, steps: number): Promise<void> {
  const attributes = { 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.workflow.name': WORKFLOW }
  return withBusinessContext({ feature: 'ticket-triage', team: 'support', workflow: WORKFLOW }, () =>
    tracer.startActiveSpan(`invoke_workflow ${WORKFLOW}`, { attributes }, async (span) => {
      try {
        await openai.embeddings.create({ model: 'text-embedding-3-small', input: ticket })
        let notes = ticket
        for (let step = 1; step <= steps; step++) {
          const message = await anthropic.messages.create({
            model: 'claude-haiku-4-5',
            max_tokens: 500,
            system: TRIAGE_RULES,
            messages: [{ role: 'user', content: notes }],
          })
          notes += message.content
            .map((block) => (block.type === 'text' ? block.text : ''))
            .join('')
            .repeat(20)
        }
        recordOutcome('ticket_triaged')
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) })
        throw error
      } finally {
        span.end()
      }
    }),
  )
}
