import { wholeOf } from '../../wire/bytes.ts'
import {
  asBoolean,
  asCount,
  asName,
  asNames,
  asNumber,
  asObject,
  type JsonObject,
  objectsIn,
  parseJson,
  sumOf,
} from '../../wire/json.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiRequest, GenAiResponse, GenAiUsage } from '../types.ts'
import { readError } from './errors.ts'
import { anyKnown, known } from './known.ts'

/** https://docs.sglang.io/basic_usage/native_api.html, whose parameters have names of their own. */
export function isSglang(body: JsonObject): boolean {
  return 'sampling_params' in body && ('text' in body || 'input_ids' in body)
}

export function readSglangRequest(body: JsonObject): GenAiRequest {
  const parameters = asObject(body.sampling_params) ?? {}
  return known<GenAiRequest>({
    operation: 'text_completion',
    model: asName(body.model),
    stream: asBoolean(body.stream),
    choiceCount: asCount(parameters.n),
    maxTokens: asCount(parameters.max_new_tokens),
    temperature: asNumber(parameters.temperature),
    topP: asNumber(parameters.top_p),
    topK: asCount(parameters.top_k),
    frequencyPenalty: asNumber(parameters.frequency_penalty),
    presencePenalty: asNumber(parameters.presence_penalty),
    stopSequences: asNames(parameters.stop),
  })
}

/** An answer, or any event of a stream: each counts the tokens so far. */
export function readSglangAnswer(response: ObservedResponse, document: JsonObject): GenAiResponse {
  const about = asObject(document.meta_info) ?? {}
  return known<GenAiResponse>({
    id: asName(about.id),
    finishReasons: asNames(asObject(about.finish_reason)?.type ?? about.finish_reason),
    usage: anyKnown<GenAiUsage>({
      inputTokens: asCount(about.prompt_tokens),
      cacheReadTokens: asCount(about.cached_tokens),
      outputTokens: asCount(about.completion_tokens),
    }),
    error: readError(response, document),
  })
}

/** A list of answers, to several texts or to one: each counts the prompt it answers. */
export function readSglangAnswers(
  response: ObservedResponse,
  { choiceCount = 1 }: GenAiRequest,
): GenAiResponse {
  const whole = response.body.ended ? wholeOf(response.body) : undefined
  const list = objectsIn(parseJson(whole?.toString('utf8') ?? ''))
  const answers = list.map((answer) => readSglangAnswer(response, answer))
  if (answers.length === 1) return answers[0]!
  const sum = (part: keyof GenAiUsage): number | undefined =>
    sumOf(...answers.map(({ usage }) => usage?.[part]))
  const input = sum('inputTokens')
  return known<GenAiResponse>({
    finishReasons: asNames(answers.flatMap(({ finishReasons = [] }) => finishReasons)),
    usage: anyKnown<GenAiUsage>({
      inputTokens: input === undefined ? undefined : input / choiceCount,
      cacheReadTokens: choiceCount === 1 ? sum('cacheReadTokens') : undefined,
      outputTokens: sum('outputTokens'),
    }),
  })
}
