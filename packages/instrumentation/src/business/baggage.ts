import { type Attributes, type Context, propagation } from '@opentelemetry/api'
import { businessAttribute } from '../semconv.ts'

/**
 * Adds the business context that travels in this context's W3C baggage as `business.*`.
 *
 * @param keys The entries to take; those named `business.*` are always taken.
 */
export function addBusinessAttributes(
  attributes: Attributes,
  context: Context,
  keys: readonly string[],
): Attributes {
  const baggage = propagation.getBaggage(context)
  if (baggage === undefined) return attributes
  for (const [key, { value }] of baggage.getAllEntries()) {
    if (keys.includes(key) || key.startsWith('business.')) attributes[businessAttribute(key)] = value
  }
  return attributes
}
