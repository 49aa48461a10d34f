import type { LedgerSpan, LedgerUsage } from '@spanmeter/ledger'
import type { Usage } from '@spanmeter/pricing'
import { environmentOf } from '../attribution/environment.ts'
import { asText } from '../dialects/readers/values.ts'
import type { GenAiSpan } from '../dialects/types.ts'
import type { SpanView } from '../otlp/types.ts'

/** What the ledger keeps of any span: its ids and names, its time, its status, and who it was for. */
export function ledgerSpan(
  span: SpanView,
  role: LedgerSpan['role'],
  business: Record<string, string>,
): LedgerSpan {
  const row: LedgerSpan = {
    traceId: span.traceId,
    spanId: span.spanId,
    name: span.name,
    startUnixNano: span.startUnixNano,
    endUnixNano: span.endUnixNano,
    status: span.status,
    role,
    usage: {},
    business,
  }
  const { parentSpanId } = span
  if (parentSpanId !== '') row.parentSpanId = parentSpanId
  const { attributes } = span.resource
  const serviceName = asText(attributes.get('service.name'))
  if (serviceName !== undefined) row.serviceName = serviceName
  const serviceVersion = asText(attributes.get('service.version'))
  if (serviceVersion !== undefined) row.serviceVersion = serviceVersion
  const environment = environmentOf(span.resource)
  if (environment !== undefined) row.environment = environment
  const errorType = asText(span.attribute('error.type'))
  if (errorType !== undefined) row.errorType = errorType
  return row
}

/** Adds what a span says about its GenAI operation. */
export function addGenAiFacts(row: LedgerSpan, span: GenAiSpan): void {
  if (span.operation !== undefined) row.operation = span.operation
  if (span.provider !== undefined) row.provider = span.provider
  if (span.requestModel !== undefined) row.requestModel = span.requestModel
  if (span.responseModel !== undefined) row.responseModel = span.responseModel
  if (span.workflowName !== undefined) row.workflowName = span.workflowName
  if (span.agentName !== undefined) row.agentName = span.agentName
  if (span.streaming !== undefined) row.streaming = span.streaming
  if (span.timeToFirstChunkSeconds !== undefined) row.timeToFirstChunkSeconds = span.timeToFirstChunkSeconds
  if (span.attempts !== undefined) row.attempts = span.attempts
  if (span.usageMissing !== undefined) row.usageMissing = span.usageMissing
  if (span.errorType !== undefined) row.errorType = span.errorType
  // The usage that an agent or workflow states is that of its calls.
  if (span.role !== 'step') row.usage = ledgerUsage(span.usage, span.tools)
}

function ledgerUsage(usage: Usage, tools: Record<string, number> | undefined): LedgerUsage {
  const result: LedgerUsage = {}
  if (usage.inputTokens !== undefined) result.inputTokens = usage.inputTokens
  if (usage.cacheReadTokens !== undefined) result.cacheReadTokens = usage.cacheReadTokens
  if (usage.cacheWriteTokens !== undefined) result.cacheWriteTokens = usage.cacheWriteTokens
  if (usage.outputTokens !== undefined) result.outputTokens = usage.outputTokens
  if (usage.reasoningTokens !== undefined) result.reasoningTokens = usage.reasoningTokens
  if (tools !== undefined)
    result.toolRequests = Object.values(tools).reduce((sum, requests) => sum + requests, 0)
  return result
}
