import { asCount, asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import type { FurtherUsage, GenAiUsage } from '../types.ts'
import { anyKnown, known } from './known.ts'
import { inputDetailsOf, outputDetailsOf, readOpenAiUsage } from './openai-usage.ts'

/** What an answer in OpenAI's shape says that models used besides its own, or its own one unseen. */
export function readFurtherUsage(document: JsonObject): FurtherUsage[] | undefined {
  const further = [
    ...readImageModel(document),
    ...[document, ...objectsIn(document.output)].flatMap(readSvgAuthor),
    ...readBreakdown(document),
    ...readOrchestration(document),
  ]
  return further.length > 0 ? further : undefined
}

/**
 * What the model used that makes the images of a response. The response's own usage leaves it out,
 * https://developers.openai.com/api/docs/guides/tools-image-generation
 */
function readImageModel(document: JsonObject): FurtherUsage[] {
  const stated = asObject(asObject(document.tool_usage)?.image_gen)
  const usage = readOpenAiUsage(stated)
  if (stated === undefined || usage === undefined) return []
  const tool = objectsIn(document.tools).find(({ type }) => type === 'image_generation')
  const model = asName(tool?.model)
  const cached = asObject(stated.cached_tokens_details)?.cached_image_tokens
  const images = known<GenAiUsage>({
    ...usage,
    imageCacheReadTokens: asCount(cached) ?? usage.imageCacheReadTokens,
    // Where it isn't itemised, it is images.
    imageOutputTokens: usage.imageOutputTokens ?? usage.outputTokens,
  })
  return [known<FurtherUsage>({ model, usage: images })]
}

/** An image that is an SVG is drawn by the one model and written down by another: of an answer, or of an item of a response. */
function readSvgAuthor({ svg_usage }: JsonObject): FurtherUsage[] {
  const usage = readOpenAiUsage(svg_usage)
  return usage === undefined
    ? []
    : [known<FurtherUsage>({ model: asName(asObject(svg_usage)?.model), usage })]
}

/** Groq's Compound is billed as the models that it calls; their usage is what its own is made of. */
function readBreakdown(document: JsonObject): FurtherUsage[] {
  const breakdown = asObject(document.usage_breakdown) ?? asObject(document.x_groq)?.usage_breakdown
  return objectsIn(asObject(breakdown)?.models).flatMap((entry): FurtherUsage[] => {
    const model = asName(entry.model)
    const usage = readOpenAiUsage(entry.usage, model)
    return usage === undefined ? [] : [known<FurtherUsage>({ model, included: true, usage })]
  })
}

/**
 * What Sakana's models used among themselves: billed as input and output are, outside of which it lies,
 * https://console.sakana.ai/pricing
 */
function readOrchestration(document: JsonObject): FurtherUsage[] {
  const stated = asObject(document.usage) ?? {}
  const input = inputDetailsOf(stated)
  const usage = anyKnown<GenAiUsage>({
    inputTokens: asCount(input.orchestration_input_tokens) || undefined,
    cacheReadTokens: asCount(input.orchestration_input_cached_tokens) || undefined,
    outputTokens: asCount(outputDetailsOf(stated).orchestration_output_tokens) || undefined,
  })
  return usage === undefined ? [] : [known<FurtherUsage>({ model: asName(document.model), usage })]
}
