import { calls as ag2 } from './ag2.ts'
import { calls as anthropicSdk } from './anthropic-sdk.ts'
import { calls as ax } from './ax.ts'
import { calls as braintrust } from './braintrust.ts'
import { calls as claudeCode } from './claude-code.ts'
import { calls as codex } from './codex.ts'
import { calls as copiedCounts } from './copied-counts.ts'
import { calls as crewai } from './crewai.ts'
import { calls as genAiSemconv } from './gen-ai-semconv.ts'
import { calls as genkit } from './genkit.ts'
import { calls as googleAdk } from './google-adk.ts'
import { calls as haystack } from './haystack.ts'
import { calls as judgment } from './judgment.ts'
import { calls as koog } from './koog.ts'
import { calls as langfuse } from './langfuse.ts'
import { calls as langsmith } from './langsmith.ts'
import { calls as langtrace } from './langtrace.ts'
import { calls as litellm } from './litellm.ts'
import { calls as livekit } from './livekit.ts'
import { calls as logfire } from './logfire.ts'
import { calls as mirascope } from './mirascope.ts'
import { calls as mlflow } from './mlflow.ts'
import { calls as openClaw } from './openclaw.ts'
import { calls as openinference } from './openinference.ts'
import { calls as openlit } from './openlit.ts'
import { calls as openllmetry } from './openllmetry.ts'
import { calls as openrouter } from './openrouter.ts'
import { calls as pipecat } from './pipecat.ts'
import { calls as providerSdks } from './provider-sdks.ts'
import { calls as qwenCode } from './qwen-code.ts'
import { calls as semanticKernel } from './semantic-kernel.ts'
import { calls as sentry } from './sentry.ts'
import { calls as spanmeter } from './spanmeter.ts'
import { calls as strands } from './strands.ts'
import { calls as tanStackAi } from './tanstack-ai.ts'
import { calls as traceAi } from './trace-ai.ts'
import type { DialectCall } from './types.ts'
import { calls as vercelAiSdk } from './vercel-ai-sdk.ts'
import { calls as voltagent } from './voltagent.ts'

/** Calls of each family, under the name of its dialect. */
export const callsByDialect: Readonly<Record<string, readonly DialectCall[]>> = {
  'gen-ai-semconv': [...genAiSemconv, ...providerSdks],
  spanmeter: spanmeter,
  'anthropic-sdk': anthropicSdk,
  'claude-code': claudeCode,
  'qwen-code': qwenCode,
  codex: codex,
  genkit: genkit,
  openclaw: openClaw,
  openllmetry: openllmetry,
  openinference: openinference,
  'vercel-ai-sdk': vercelAiSdk,
  langfuse: langfuse,
  langsmith: langsmith,
  logfire: logfire,
  sentry: sentry,
  openlit: openlit,
  'google-adk': googleAdk,
  strands: strands,
  'semantic-kernel': semanticKernel,
  mirascope: mirascope,
  mlflow: mlflow,
  braintrust: braintrust,
  judgment: judgment,
  litellm: litellm,
  openrouter: openrouter,
  ax: ax,
  'trace-ai': traceAi,
  'tanstack-ai': tanStackAi,
  haystack: haystack,
  koog: koog,
  pipecat: pipecat,
  langtrace: langtrace,
  ag2: ag2,
  'copied-counts': copiedCounts,
  crewai,
  voltagent: voltagent,
  livekit: livekit,
}
