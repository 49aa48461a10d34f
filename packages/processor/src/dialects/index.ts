import type { SpanView } from '../otlp/types.ts'
import { braintrust } from './braintrust.ts'
import { settleUsage } from './cached-input.ts'
import { genAiSemconv } from './gen-ai-semconv.ts'
import { googleAdk } from './google-adk.ts'
import { langfuse } from './langfuse.ts'
import { langsmith } from './langsmith.ts'
import { liteLlm } from './litellm.ts'
import { logfire } from './logfire.ts'
import { mirascope } from './mirascope.ts'
import { mlflow } from './mlflow.ts'
import { openInference } from './openinference.ts'
import { openLit } from './openlit.ts'
import { openLlmetry } from './openllmetry.ts'
import { openRouter } from './openrouter.ts'
import { providerOfModel, standardProvider } from './provider-names.ts'
import { semanticKernel } from './semantic-kernel.ts'
import { sentry } from './sentry.ts'
import { spanmeter } from './spanmeter.ts'
import { strands } from './strands.ts'
import type { Dialect, DialectReading, GenAiSpan } from './types.ts'
import { vercelAiSdk } from './vercel-ai-sdk.ts'

/** Every dialect, the most telling first: a family that knows its own counting goes before the names it shares. */
export const dialects: readonly Dialect[] = [
  spanmeter,
  vercelAiSdk,
  openRouter,
  liteLlm,
  logfire,
  googleAdk,
  langfuse,
  langsmith,
  openInference,
  mlflow,
  braintrust,
  mirascope,
  strands,
  semanticKernel,
  sentry,
  openLlmetry,
  openLit,
  genAiSemconv,
]

/** Reads a span in whatever dialects it is written. `undefined` where it is no GenAI span. */
export function readGenAiSpan(span: SpanView): GenAiSpan | undefined {
  const families = familiesOf(span)
  const names: string[] = []
  const merged: DialectReading = {}
  for (const [index, dialect] of dialects.entries()) {
    if ((families & (1 << index)) === 0 && dialect.recognises?.(span) !== true) continue
    names.push(dialect.name)
    addUnknown(merged, dialect.read(span))
  }
  return names.length === 0 ? undefined : settle(merged, names)
}

/** Adds what `reading` knows and `merged` doesn't yet; usage part by part. */
function addUnknown(merged: DialectReading, reading: DialectReading): void {
  const usage = merged.usage === undefined ? reading.usage : { ...reading.usage, ...merged.usage }
  for (const fact in reading) {
    if (!(fact in merged)) Object.assign(merged, { [fact]: reading[fact as keyof DialectReading] })
  }
  if (usage !== undefined) merged.usage = usage
}

function settle(
  { usage, totalTokens, cachedInput, ...facts }: DialectReading,
  names: readonly string[],
): GenAiSpan {
  const model = facts.requestModel ?? facts.responseModel
  const provider = providerOf(facts.provider, model)
  if (provider === undefined) delete facts.provider
  else facts.provider = provider
  return {
    ...facts,
    dialects: names,
    role: facts.role ?? (model !== undefined || usage !== undefined ? 'call' : 'step'),
    ...settleUsage(usage ?? {}, totalTokens, cachedInput),
  }
}

function providerOf(name: string | undefined, model: string | undefined): string | undefined {
  const provider = name === undefined ? undefined : standardProvider(name)
  return provider ?? (model === undefined ? undefined : providerOfModel(model))
}

const MOST_NAMES_KEPT = 4096
/** Which families an attribute name belongs to, a bit for each dialect: worked out once a name. */
const familiesByName = new Map<string, number>()

function familiesOf(span: SpanView): number {
  let families = 0
  for (const name of span.attributeNames()) families |= familiesByName.get(name) ?? findFamilies(name)
  return families
}

function findFamilies(name: string): number {
  let families = 0
  for (const [index, { attributes }] of dialects.entries()) {
    if (attributes.some((known) => name === known || (known.endsWith('.') && name.startsWith(known)))) {
      families |= 1 << index
    }
  }
  if (familiesByName.size >= MOST_NAMES_KEPT) familiesByName.clear()
  familiesByName.set(name, families)
  return families
}
