import { withBusinessContext } from '@spanmeter/instrumentation'
import { openai } from './clients.ts'

/** A model that no price list knows: its spend is shown as unpriced, never as zero. */
export function tryUnknownModel(prompt: string): Promise<unknown> {
  return withBusinessContext({ feature: 'experiments', team: 'platform' }, () =>
    openai.chat.completions.create({ model: 'acme-llm-7b', messages: [{ role: 'user', content: prompt }] }),
  )
}

/** Nobody said what this call is for: its spend is shown as untagged. */
export function runForgottenJob(prompt: string): Promise<unknown> {
  return openai.chat.completions.create({
    model: 'gpt-4.1-mini',
    messages: [{ role: 'user', content: prompt }],
  })
}
