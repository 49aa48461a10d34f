// Names of the attributes that the processor writes, as in the README's table "What it writes".
export const ATTR_COST_PREFIX = 'spanmeter.cost.'
export const ATTR_COST_AMOUNT = 'spanmeter.cost.amount'
export const ATTR_COST_CURRENCY = 'spanmeter.cost.currency'
export const ATTR_COST_LIST_AMOUNT = 'spanmeter.cost.list_amount'
export const ATTR_COST_CACHE_SAVINGS = 'spanmeter.cost.cache_savings'
export const ATTR_COST_SOURCE = 'spanmeter.cost.source'
export const ATTR_COST_PRICE = 'spanmeter.cost.price'
export const ATTR_COST_UNPRICED = 'spanmeter.cost.unpriced'
export const ATTR_COST_ROLE = 'spanmeter.cost.role'
export const ATTR_COST_INCLUSIVE = 'spanmeter.cost.inclusive'
/** Whether the emitter's input tokens `included` or `excluded` cached ones; written only where there are cached tokens. */
export const ATTR_CACHED_INPUT = 'spanmeter.usage.cached_input'
/** The version of the conventions by which standard names were written beside those of another dialect. */
export const ATTR_NORMALIZED = 'spanmeter.normalized'
/** The name that existing dashboards read. */
export const ATTR_LEGACY_COST = 'gen_ai.usage.cost'
export const ATTR_BUSINESS_PREFIX = 'business.'
export const ATTR_TENANT = 'business.tenant'

/** What was billed, on spans that state more than that. */
export const ATTR_BILLED_INPUT = 'spanmeter.usage.billed.input_tokens'
export const ATTR_BILLED_OUTPUT = 'spanmeter.usage.billed.output_tokens'

/** Whether only a processor writes this name. Such names say nothing about who emitted the span. */
export function isOutput(name: string): boolean {
  return name.startsWith(ATTR_COST_PREFIX) || name === ATTR_CACHED_INPUT
}

export const COST_COMPONENTS = [
  'input',
  'cache_read',
  'cache_write',
  'output',
  'audio',
  'image',
  'tools',
  'requests',
] as const

/** The span event of `recordOutcome`, and the attribute that names the outcome. */
export const EVENT_OUTCOME = 'spanmeter.outcome'
export const ATTR_OUTCOME_NAME = 'spanmeter.outcome.name'
export const ATTR_OUTCOME_VALUE = 'spanmeter.outcome.value'
