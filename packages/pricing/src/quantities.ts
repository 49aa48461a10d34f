import { METERS, type Meter, type RateCard } from './rate-card.ts'
import type { PriceableCall, Usage } from './types.ts'

const INDEX = Object.fromEntries(METERS.map((meter, index) => [meter, index])) as Record<Meter, number>

/** Quantities by meter index. One array for all calls: it is read before the next call fills it. */
export const quantities: Float64Array = new Float64Array(METERS.length)

/**
 * Splits inclusive totals into quantities that overlap nowhere. Returns what is impossible about the usage, in words.
 */
export function splitUsage(call: PriceableCall, card: RateCard): string | undefined {
  quantities.fill(0)
  const { usage } = call
  const impossible = splitInput(usage) ?? splitOutput(usage)
  if (impossible !== undefined) return impossible
  const tokens = card.billsTokens && ((usage.inputTokens ?? 0) > 0 || (usage.outputTokens ?? 0) > 0)
  if (!tokens || card.rates.requests !== undefined)
    quantities[INDEX.requests] = card.rates.requests === undefined ? 0 : 1
  return splitMedia(call, card, tokens)
}

function splitInput(usage: Usage): string | undefined {
  const read = count(usage.cacheReadTokens)
  const write5m = count(usage.cacheWrite5mTokens)
  const write1h = count(usage.cacheWrite1hTokens)
  const write12h = count(usage.cacheWrite12hTokens)
  const byDuration = write5m + write1h + write12h
  const write = usage.cacheWriteTokens === undefined ? byDuration : count(usage.cacheWriteTokens)
  const audio = count(usage.audioInputTokens)
  let audioRead = count(usage.audioCacheReadTokens)
  const image = count(usage.imageInputTokens)
  let imageRead = count(usage.imageCacheReadTokens)
  let video = count(usage.videoInputTokens)
  const input =
    usage.inputTokens === undefined ? read + write + audio + image + video : count(usage.inputTokens)
  let text = input - read - write - (audio - audioRead) - (image - imageRead) - video
  if (text < 0) {
    // Few providers state how many cached tokens were images, video or audio. It is at least as many as the total has
    // no room for otherwise.
    const images = Math.max(0, Math.min(-text, image - imageRead, read - audioRead - imageRead))
    imageRead += images
    text += images
    // There is no separate rate for cached video.
    const videos = Math.max(0, Math.min(-text, video, read - audioRead - imageRead))
    video -= videos
    text += videos
    const sound = Math.max(0, Math.min(-text, audio - audioRead, read - audioRead - imageRead - videos))
    audioRead += sound
    text += sound
  }
  // An invalid count anywhere makes this NaN, which fails every comparison.
  if (!(text >= 0))
    return Number.isNaN(text)
      ? 'a count of tokens is negative or no whole number'
      : `the parts of the input exceed its total of ${input} tokens`
  if (!(byDuration <= write)) return `cache writes by duration exceed their total of ${write} tokens`
  if (!(audioRead <= audio && imageRead <= image && audioRead + imageRead <= read))
    return 'cached audio or image tokens exceed what they are part of'
  quantities[INDEX.input] = text
  quantities[INDEX.cacheRead] = read - audioRead - imageRead
  quantities[INDEX.audioCacheRead] = audioRead
  quantities[INDEX.imageCacheRead] = imageRead
  quantities[INDEX.cacheWrite] = write - write1h - write12h
  quantities[INDEX.cacheWrite1h] = write1h
  quantities[INDEX.cacheWrite12h] = write12h
  quantities[INDEX.audioInput] = audio - audioRead
  quantities[INDEX.imageInput] = image - imageRead
  quantities[INDEX.videoInput] = video
  return undefined
}

function splitOutput(usage: Usage): string | undefined {
  const reasoning = count(usage.reasoningTokens)
  const audio = count(usage.audioOutputTokens)
  const image = count(usage.imageOutputTokens)
  const video = count(usage.videoOutputTokens)
  const output =
    usage.outputTokens === undefined ? reasoning + audio + image + video : count(usage.outputTokens)
  const text = output - reasoning - audio - image - video
  const citation = count(usage.citationTokens)
  if (!(text >= 0))
    return Number.isNaN(text)
      ? 'a count of tokens is negative or no whole number'
      : `the parts of the output exceed its total of ${output} tokens`
  if (Number.isNaN(citation)) return 'a count of tokens is negative or no whole number'
  quantities[INDEX.output] = text
  quantities[INDEX.reasoning] = reasoning
  quantities[INDEX.audioOutput] = audio
  quantities[INDEX.imageOutput] = image
  quantities[INDEX.videoOutput] = video
  quantities[INDEX.citation] = citation
  return undefined
}

/** Media are billed by tokens if both the list and the call have them, otherwise by piece, duration or length. */
function splitMedia(call: PriceableCall, card: RateCard, tokens: boolean): string | undefined {
  const { usage, tools } = call
  const { rates } = card
  const seconds = measure(usage.seconds)
  const characters = count(usage.characters)
  const images = count(usage.images)
  const pages = count(usage.pages)
  const annotated = Math.min(pages, count(tools?.annotation ?? tools?.document_annotation))
  const searchUnits = count(usage.searchUnits)
  if (Number.isNaN(seconds + characters + images + pages + annotated + searchUnits))
    return 'a count of media is negative or no whole number'
  if (!tokens || quantities[INDEX.output]! + quantities[INDEX.imageOutput]! === 0) {
    if (rates.images !== undefined) quantities[INDEX.images] = images
  }
  if (!tokens) {
    if (rates.videoSeconds !== undefined) quantities[INDEX.videoSeconds] = seconds
    else if (rates.seconds !== undefined)
      quantities[INDEX.seconds] = seconds > 0 ? Math.max(seconds, card.minimumSeconds) : 0
    if (rates.characters !== undefined) quantities[INDEX.characters] = characters
  }
  if (rates.annotatedPages !== undefined) quantities[INDEX.annotatedPages] = annotated
  if (rates.pages !== undefined)
    quantities[INDEX.pages] = pages - (rates.annotatedPages === undefined ? 0 : annotated)
  if (rates.searchUnits !== undefined) quantities[INDEX.searchUnits] = searchUnits
  return undefined
}

function count(value: number | undefined): number {
  return value === undefined ? 0 : Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN
}

function measure(value: number | undefined): number {
  return value === undefined ? 0 : Number.isFinite(value) && value >= 0 ? value : Number.NaN
}
