import { context, propagation } from '@opentelemetry/api'
import type { DEFAULT_BAGGAGE_KEYS } from '../configuration.ts'

/** What an LLM call is made for. Any further key is written as `business.<name>`. */
export type BusinessContext = { [Key in KnownKey]?: string | null | undefined } & {
  [key: `business.${string}`]: string | null | undefined
}

type KnownKey = (typeof DEFAULT_BAGGAGE_KEYS)[number]

/**
 * Runs `run`, and all that it awaits, in a business context: every span started inside it, here and in the services
 * it calls, carries it as `business.<key>`. Nested contexts add to the outer one.
 *
 * @example
 * await withBusinessContext({ feature: 'faq-bot', tenant: 'acme' }, () => answer(question))
 */
export function withBusinessContext<T>(business: BusinessContext, run: () => T): T {
  const active = context.active()
  let baggage = propagation.getBaggage(active) ?? propagation.createBaggage()
  for (const [key, value] of Object.entries(business)) {
    if (value !== undefined && value !== null) baggage = baggage.setEntry(key, { value: String(value) })
  }
  return context.with(propagation.setBaggage(active, baggage), run)
}
