export { type BusinessContext, withBusinessContext } from './business/business-context.ts'
export {
  BusinessContextSpanProcessor,
  type BusinessContextSpanProcessorOptions,
} from './business/business-context-span-processor.ts'
export { recordOutcome } from './business/record-outcome.ts'
export type { ContentCapture, MeteringOptions, SemconvVersion } from './configuration.ts'
export type { GenAiRequest, GenAiResponse, GenAiUsage } from './flavors/types.ts'
export { GenAiInstrumentation, type GenAiInstrumentationConfig } from './gen-ai-instrumentation.ts'
export type { RequestHead } from './wire/types.ts'
