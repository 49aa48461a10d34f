import type { Usage } from '@spanmeter/pricing'
import { byText } from '../otlp/by-text.ts'
import { byShape } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { isOutput } from '../semconv.ts'
import { ag2 } from './ag2.ts'
import { anthropicSdk } from './anthropic-sdk.ts'
import { ax } from './ax.ts'
import { braintrust } from './braintrust.ts'
import { settleUsage } from './cached-input.ts'
import { claudeCode } from './claude-code.ts'
import { codex } from './codex.ts'
import { copiedCounts } from './copied-counts.ts'
import { crewAi } from './crewai.ts'
import { genAiSemconv } from './gen-ai-semconv.ts'
import { genkit } from './genkit.ts'
import { googleAdk } from './google-adk.ts'
import { haystack } from './haystack.ts'
import { judgment } from './judgment.ts'
import { koog } from './koog.ts'
import { langfuse } from './langfuse.ts'
import { langsmith } from './langsmith.ts'
import { langtrace } from './langtrace.ts'
import { liteLlm } from './litellm.ts'
import { liveKit } from './livekit.ts'
import { logfire } from './logfire.ts'
import { mirascope } from './mirascope.ts'
import { mlflow } from './mlflow.ts'
import { isNormalized, normalizedUsage } from './normalized-usage.ts'
import { openClaw } from './openclaw.ts'
import { openInference } from './openinference.ts'
import { openLit } from './openlit.ts'
import { openLlmetry } from './openllmetry.ts'
import { openRouter } from './openrouter.ts'
import { roleOfOperation } from './operations.ts'
import { pipecat } from './pipecat.ts'
import { billingProvider } from './provider-names.ts'
import { qwenCode } from './qwen-code.ts'
import { semanticKernel } from './semantic-kernel.ts'
import { sentry } from './sentry.ts'
import { spanmeter } from './spanmeter.ts'
import { strands } from './strands.ts'
import { tanStackAi } from './tanstack-ai.ts'
import { traceAi } from './trace-ai.ts'
import type { Dialect, DialectReading, GenAiSpan, SpanRole } from './types.ts'
import { known, text } from './values.ts'
import { vercelAiSdk } from './vercel-ai-sdk.ts'
import { voltAgent } from './voltagent.ts'

/** Every dialect, the most telling first: a family that knows its own counting goes before the names it shares. */
export const dialects: readonly Dialect[] = [
  spanmeter,
  anthropicSdk,
  vercelAiSdk,
  openRouter,
  liteLlm,
  logfire,
  liveKit,
  claudeCode,
  qwenCode,
  codex,
  crewAi,
  googleAdk,
  genkit,
  haystack,
  koog,
  pipecat,
  voltAgent,
  langfuse,
  langsmith,
  langtrace,
  openClaw,
  openInference,
  mlflow,
  braintrust,
  judgment,
  mirascope,
  strands,
  semanticKernel,
  sentry,
  openLlmetry,
  openLit,
  ag2,
  ax,
  tanStackAi,
  traceAi,
  copiedCounts,
  genAiSemconv,
]

/** Reads a span in whatever dialects it is written. `undefined` where it is no GenAI span. */
export function readGenAiSpan(span: SpanView): GenAiSpan | undefined {
  const { members, names, takingBack } = familiesOf(span.shape)(span.scopeName)
  let merged: DialectReading | undefined
  for (const dialect of members) {
    const reading = dialect.read(span)
    if (merged === undefined) merged = reading
    else addUnknown(merged, reading)
  }
  if (merged === undefined) return undefined
  for (const dialect of takingBack) dialect.takeBack?.(merged, span)
  const settled = settle(merged, names)
  return isNormalized(span.shape) ? Object.assign(settled, normalizedUsage(span, settled.usage)) : settled
}

/** The conversation that a span is of, as the dialects say that it was read by. */
export function readConversationId(span: SpanView, genAi: GenAiSpan): string | undefined {
  for (const { name, conversation } of dialects) {
    if (conversation === undefined || !genAi.dialects.includes(name)) continue
    const id = text(span, ...conversation)
    if (id !== undefined) return id
  }
  return undefined
}

/** Adds what `reading` knows and `merged` doesn't yet; usage part by part. */
function addUnknown(merged: DialectReading, reading: DialectReading): void {
  const { usage } = merged
  fill(merged, reading)
  if (usage !== undefined && reading.usage !== undefined) {
    merged.usage = usage
    fill(usage, reading.usage)
  }
}

function fill<T extends object>(target: T, source: T): void {
  for (const name in source) if (target[name] === undefined) target[name] = source[name]
}

/** Makes of all that was read one reading; works on the object it is given, for this runs for every call. */
function settle(merged: DialectReading, names: readonly string[]): GenAiSpan {
  const { totalTokens, cachedInput, usage } = merged
  if (namesNoModel(merged.requestModel ?? '')) delete merged.requestModel
  if (namesNoModel(merged.responseModel ?? '')) delete merged.responseModel
  const model = merged.requestModel ?? merged.responseModel
  const named = merged.provider ?? ''
  // What was asked for may be a name of a gateway's own.
  const provider = providersOfModel(model ?? '')(named) ?? providersOfModel(merged.responseModel ?? '')(named)
  if (provider !== undefined) merged.provider = provider
  else if (merged.provider !== undefined) delete merged.provider
  const settled = settleUsage(usage ?? {}, totalTokens, cachedInput, model, merged.operation)
  const span = merged as GenAiSpan
  span.dialects = names
  span.role = merged.role ?? roleByFacts(merged, model)
  const billed = merged.billed === undefined ? settled.usage : reduced(settled.usage, merged.billed)
  span.usage = merged.beside === undefined ? billed : added(billed, merged.beside)
  span.cachedInput = settled.cachedInput
  return span
}

/** Of an operation that nobody knows, usage tells that it was a call, in whatever dialect it is stated. */
function roleByFacts({ usage, operation }: DialectReading, model: string | undefined): SpanRole {
  if (usage !== undefined) return 'call'
  const isCall = operation === undefined || roleOfOperation(operation) === 'call'
  return model !== undefined && isCall ? 'call' : 'step'
}

/** What is billed of the totals. Of a part that exceeds it, nobody says how much is billed. */
function reduced(usage: Usage, billed: Usage): Usage {
  const { inputTokens, outputTokens } = { ...usage, ...billed }
  const { cacheReadTokens, cacheWriteTokens, reasoningTokens, ...others } = usage
  return known<Usage>({
    ...others,
    inputTokens,
    cacheReadTokens: noMoreThan(inputTokens, cacheReadTokens),
    cacheWriteTokens: noMoreThan(inputTokens, cacheWriteTokens),
    cacheWrite5mTokens: noMoreThan(inputTokens, usage.cacheWrite5mTokens),
    cacheWrite1hTokens: noMoreThan(inputTokens, usage.cacheWrite1hTokens),
    cacheWrite12hTokens: noMoreThan(inputTokens, usage.cacheWrite12hTokens),
    outputTokens,
    reasoningTokens: noMoreThan(outputTokens, reasoningTokens),
  })
}

function noMoreThan(total = 0, part?: number): number | undefined {
  return part !== undefined && part <= total ? part : undefined
}

function added(usage: Usage, beside: Usage): Usage {
  const sum = { ...usage }
  for (const [part, count] of Object.entries(beside) as [keyof Usage, number][])
    sum[part] = (sum[part] ?? 0) + count
  return sum
}

/** What stands for a model that isn't known: Spring AI's, LangChain4j's, OpenLLMetry's for LangChain, CrewAI's, Python's. */
const namesNoModel = byText((name) => /^(none|null|undefined|unknown(_model)?)$/i.test(name))

/** Who bills, by the model and what the span calls the provider; empty where the span names none. */
const providersOfModel = byText((model) =>
  byText((name) => billingProvider(name || undefined, model || undefined)),
)

/** The families that a span belongs to, in the order in which they are read. */
interface Families {
  readonly members: readonly Dialect[]
  readonly names: readonly string[]
  readonly takingBack: readonly Dialect[]
}

/** By its attributes and by its scope. */
const familiesOf = byShape((shape) => {
  const byNames = shape.names.flatMap(familiesByName)
  return byText((scopeName): Families => {
    const byScope = familiesByScope(scopeName)
    const members = dialects.filter((dialect) => byNames.includes(dialect) || byScope.includes(dialect))
    return {
      members,
      names: members.map(({ name }) => name),
      takingBack: members.filter(({ takeBack }) => takeBack !== undefined),
    }
  })
})

/** A shape that is new has mostly names that are not. */
const familiesByName = byText((name): readonly Dialect[] =>
  isOutput(name)
    ? []
    : dialects.filter(({ attributes }) =>
        attributes.some((known) => name === known || (known.endsWith('.') && name.startsWith(known))),
      ),
)

const familiesByScope = byText((scopeName) =>
  dialects.filter(({ scopes = [] }) => scopes.some((known) => scopeName.startsWith(known))),
)
