export const USAGE_PARTS = [
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWrite5mTokens',
  'cacheWrite1hTokens',
  'cacheWrite12hTokens',
  'outputTokens',
  'reasoningTokens',
  'audioInputTokens',
  'audioOutputTokens',
  'audioCacheReadTokens',
  'imageInputTokens',
  'imageOutputTokens',
  'imageCacheReadTokens',
  'videoInputTokens',
  'videoOutputTokens',
  'citationTokens',
  'images',
  'seconds',
  'characters',
  'pages',
  'searchUnits',
] as const

/**
 * What was used. `undefined` means unknown, never 0; totals include their parts
 * (`inputTokens` includes cache reads and writes, `outputTokens` includes reasoning).
 */
export type Usage = Partial<Record<(typeof USAGE_PARTS)[number], number>>

/** The usage of a further model that worked for the call, billed at that model's own price. */
export interface ModelUsage {
  /** Empty where it isn't known. */
  model: string
  usage: Usage
  /** Whether the call's own totals count this usage too. */
  included?: boolean
}

/** One billable call, as far as it is known. */
export interface PriceableCall {
  /** `gen_ai.provider.name`, or a reseller: `openai`, `aws.bedrock`, `openrouter`, ... */
  provider: string
  /** Response model, else request model, as the wire says it. */
  model: string
  requestModel?: string | undefined
  /** Prices are dated: when the call was made. */
  at: Date
  host?: string | undefined
  region?: string | undefined
  /** `gen_ai.operation.name`. */
  operation?: string | undefined
  /** The tier that served the call, not the one asked for. */
  serviceTier?: string | undefined
  batch?: boolean | undefined
  speed?: string | undefined
  inferenceGeo?: string | undefined
  /** Of the whole call: self-hosted models are priced by time. */
  durationSeconds?: number | undefined
  image?: { size?: string; quality?: string } | undefined
  tenant?: string | undefined
  usage: Usage
  /** The usage of further models: an advisor, or the model that makes a tool's images. */
  furtherUsage?: readonly ModelUsage[] | undefined
  /** Provider-side tool calls by name: `{ web_search: 3 }`. */
  tools?: Record<string, number> | undefined
  searchContextSize?: 'low' | 'medium' | 'high' | undefined
  /** What the provider or gateway itself says the call cost. */
  declaredCost?: { amount: number; currency: string; byok?: boolean } | undefined
}

/** The parts of a cost; they sum to the amount exactly. */
export type CostComponent =
  | 'input'
  | 'cache_read'
  | 'cache_write'
  | 'output'
  | 'audio'
  | 'image'
  | 'tools'
  | 'requests'

export type CostSource = 'contract' | 'provider' | 'list' | 'estimated'

export interface PricedCost {
  priced: true
  /** Exact decimal string in `currency`. */
  amount: string
  currency: 'USD'
  components: Partial<Record<CostComponent, string>>
  /**
   * At list price; equals `amount` where no contract price or discount applied. For a call to provisioned capacity,
   * whose amount is 0, it is what the call would have cost on demand.
   */
  listAmount: string
  /** What the cache reads would have cost as plain input, less what reads and writes did cost; may be negative. */
  cacheSavings?: string
  /** Which price: `provider/model@effective-date`; with several models, all of them, `a + b`. */
  price: string
  source: CostSource
  /** How the price was found, step by step. */
  decisions: readonly string[]
}

/** Why a call has no price. Stable: dashboards and alerts count them. */
export type UnpricedReason =
  | 'unknown_provider'
  | 'unknown_model'
  | 'unknown_tier'
  | 'unknown_speed'
  | 'unknown_tool'
  | 'unknown_currency'
  | 'unknown_upstream'
  | 'no_usage'
  | 'no_price_for_usage'
  | 'impossible_usage'
  | 'impossible_time'

export interface UnpricedCost {
  priced: false
  /** Stable code: dashboards count them. */
  reason: UnpricedReason
  decisions: readonly string[]
}

export type Cost = PricedCost | UnpricedCost
