/**
 * A span that the ledger keeps: each priced or unpriced GenAI call, and each span above one
 * (workflow, agent, HTTP server span) that a roll-up climbs through.
 * Money is an exact decimal string in USD. `undefined` is unknown; zero is a measurement.
 */
export interface LedgerSpan {
  /** 32 and 16 lower-case hex digits. */
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  /** Nanoseconds since the Unix epoch. */
  startUnixNano: bigint
  endUnixNano: bigint
  status: 'unset' | 'ok' | 'error'
  errorType?: string
  serviceName?: string
  serviceVersion?: string
  /** `deployment.environment.name`. */
  environment?: string
  operation?: string
  provider?: string
  requestModel?: string
  responseModel?: string
  conversationId?: string
  workflowName?: string
  agentName?: string
  streaming?: boolean
  timeToFirstChunkSeconds?: number
  attempts?: number
  usageMissing?: string
  /** `own` and `wrapper` are calls (a wrapper is not counted); `ancestor` is a span with calls below it. */
  role: 'own' | 'wrapper' | 'ancestor'
  usage: LedgerUsage
  cost?: LedgerCost
  /** Why a call has no cost. */
  unpriced?: string
  /** `business.*` without the prefix, plus what rules and look-ups added: feature, tenant, team, workflow, endpoint, owner, ... */
  business: Record<string, string>
  /** Outcomes recorded on this span (`recordOutcome`), by name. */
  outcomes?: Record<string, number>
}

export interface LedgerUsage {
  inputTokens?: number
  cacheReadTokens?: number
  cacheWriteTokens?: number
  outputTokens?: number
  reasoningTokens?: number
  toolRequests?: number
}

export interface LedgerCost {
  amount: string
  listAmount?: string
  cacheSavings?: string
  components: Record<string, string>
  source: 'contract' | 'provider' | 'list' | 'estimated'
  price: string
}
