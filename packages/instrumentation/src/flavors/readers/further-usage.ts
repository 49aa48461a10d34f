import { asCount, asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import type { FurtherUsage, GenAiUsage } from '../types.ts'
import { anyKnown, known } from './known.ts'
import { inputDetailsOf, outputDetailsOf, readOpenAiUsage } from './openai-usage.ts'

/** The usage that an answer in OpenAI's shape states for models besides its own, or for its own beside the totals. */
export function readFurtherUsage(document: JsonObject): FurtherUsage[] | undefined {
  const further: FurtherUsage[] = []
  addImageModel(further, document)
  addSvgAuthor(further, document)
  for (const item of objectsIn(document.output)) addSvgAuthor(further, item)
  addBreakdown(further, document)
  addOrchestration(further, document)
  return further.length > 0 ? further : undefined
}

/**
 * The usage of the model that makes the images of a response, which the response's own usage leaves out,
 * https://developers.openai.com/api/docs/guides/tools-image-generation
 */
function addImageModel(further: FurtherUsage[], document: JsonObject): void {
  const stated = asObject(asObject(document.tool_usage)?.image_gen)
  const usage = readOpenAiUsage(stated)
  if (stated === undefined || usage === undefined) return
  const tool = objectsIn(document.tools).find(({ type }) => type === 'image_generation')
  const model = asName(tool?.model)
  const cached = asObject(stated.cached_tokens_details)?.cached_image_tokens
  const images = known<GenAiUsage>({
    ...usage,
    imageCacheReadTokens: asCount(cached) ?? usage.imageCacheReadTokens,
    // If the output isn't itemised, it is images.
    imageOutputTokens: usage.imageOutputTokens ?? usage.outputTokens,
  })
  further.push(known<FurtherUsage>({ model, usage: images }))
}

/**
 * An SVG image is drawn by one model and written down as SVG by another. Stated in the answer, or in an item of a
 * response.
 */
function addSvgAuthor(further: FurtherUsage[], { svg_usage }: JsonObject): void {
  const usage = readOpenAiUsage(svg_usage)
  if (usage !== undefined)
    further.push(known<FurtherUsage>({ model: asName(asObject(svg_usage)?.model), usage }))
}

/** Groq's Compound is billed as the models that it calls; their usage is included in its own. */
function addBreakdown(further: FurtherUsage[], document: JsonObject): void {
  const breakdown = asObject(document.usage_breakdown) ?? asObject(document.x_groq)?.usage_breakdown
  for (const entry of objectsIn(asObject(breakdown)?.models)) {
    const model = asName(entry.model)
    const usage = readOpenAiUsage(entry.usage, model)
    if (usage !== undefined) further.push(known<FurtherUsage>({ model, included: true, usage }))
  }
}

/**
 * What Sakana's models used among themselves: billed like input and output, but not included in them,
 * https://console.sakana.ai/pricing
 */
function addOrchestration(further: FurtherUsage[], document: JsonObject): void {
  const stated = asObject(document.usage) ?? {}
  const input = inputDetailsOf(stated)
  const usage = anyKnown<GenAiUsage>({
    inputTokens: asCount(input.orchestration_input_tokens) || undefined,
    cacheReadTokens: asCount(input.orchestration_input_cached_tokens) || undefined,
    outputTokens: asCount(outputDetailsOf(stated).orchestration_output_tokens) || undefined,
  })
  if (usage !== undefined) further.push(known<FurtherUsage>({ model: asName(document.model), usage }))
}
