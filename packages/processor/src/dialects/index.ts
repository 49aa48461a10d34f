import { byText } from '../otlp/by-text.ts'
import { byShape } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { isOutput } from '../semconv.ts'
import { ag2 } from './ag2.ts'
import { anthropicSdk } from './anthropic-sdk.ts'
import { ax } from './ax.ts'
import { braintrust } from './braintrust.ts'
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
import { openClaw } from './openclaw.ts'
import { openInference } from './openinference.ts'
import { openLit } from './openlit.ts'
import { openLlmetry } from './openllmetry.ts'
import { openRouter } from './openrouter.ts'
import { pipecat } from './pipecat.ts'
import { qwenCode } from './qwen-code.ts'
import { addUnknown, settle } from './readers/merge-readings.ts'
import { isNormalized, normalizedUsage } from './readers/normalized-usage.ts'
import { text } from './readers/values.ts'
import { semanticKernel } from './semantic-kernel.ts'
import { sentry } from './sentry.ts'
import { spanmeter } from './spanmeter.ts'
import { strands } from './strands.ts'
import { tanStackAi } from './tanstack-ai.ts'
import { traceAi } from './trace-ai.ts'
import type { Dialect, DialectReading, GenAiSpan } from './types.ts'
import { vercelAiSdk } from './vercel-ai-sdk.ts'
import { voltAgent } from './voltagent.ts'

/** Every dialect. The first that states something wins, so a family goes before those whose names it shares. */
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

/** Reads a span in whatever dialects it is written. `undefined` if it is no GenAI span. */
export function readGenAiSpan(span: SpanView): GenAiSpan | undefined {
  const { members, names, correcting } = familiesOf(span.shape)(span.scopeName)
  let merged: DialectReading | undefined
  for (const dialect of members) {
    const reading = dialect.read(span)
    if (merged === undefined) merged = reading
    else addUnknown(merged, reading)
  }
  if (merged === undefined) return undefined
  for (const dialect of correcting) dialect.correct?.(merged, span)
  const settled = settle(merged, names)
  return isNormalized(span.shape) ? Object.assign(settled, normalizedUsage(span, settled.usage)) : settled
}

/** The id of the conversation that a span belongs to, according to the dialects that it was read by. */
export function readConversationId(span: SpanView, genAi: GenAiSpan): string | undefined {
  for (const { name, conversation } of dialects) {
    if (conversation === undefined || !genAi.dialects.includes(name)) continue
    const id = text(span, ...conversation)
    if (id !== undefined) return id
  }
  return undefined
}

/** The families that a span belongs to, in the order in which they are read. */
interface Families {
  readonly members: readonly Dialect[]
  readonly names: readonly string[]
  readonly correcting: readonly Dialect[]
}

/** The families that recognize a span, by its attributes and its scope. */
const familiesOf = byShape((shape) => {
  const byNames = shape.names.flatMap(familiesByName)
  return byText((scopeName): Families => {
    const byScope = familiesByScope(scopeName)
    const members = dialects.filter((dialect) => byNames.includes(dialect) || byScope.includes(dialect))
    return {
      members,
      names: members.map(({ name }) => name),
      correcting: members.filter(({ correct }) => correct !== undefined),
    }
  })
})

/** Remembered by name, as most names of a new shape are known from others. */
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
