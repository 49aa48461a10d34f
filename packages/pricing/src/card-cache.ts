import type { Composed } from './compose.ts'
import { isOfMany } from './rules/context-tier.ts'
import type { PriceableCall } from './types.ts'

/** What was composed for a provider and model as calls name them, with what marked out the kind of call. */
export interface CardSlot {
  readonly entries: { readonly call: Qualifiers; readonly composed: Composed }[]
}

type Qualifiers = Omit<
  PriceableCall,
  'at' | 'usage' | 'furtherUsage' | 'tools' | 'declaredCost' | 'durationSeconds' | 'image'
> & { size?: string; quality?: string; thinking: boolean; ofMany: boolean }

/** Kinds of calls remembered a model; more than any real traffic has. */
const MOST_ENTRIES = 64

/** The card of an earlier call of the same kind. Compares field by field: that is faster than any key. */
export function remembered(slot: CardSlot, call: PriceableCall): Composed | undefined {
  const at = call.at.getTime()
  const input = call.usage.inputTokens ?? 0
  const ofMany = isOfMany(call)
  for (const { call: kind, composed } of slot.entries) {
    if (
      at >= composed.validFrom &&
      at < composed.validUntil &&
      input > composed.inputAbove &&
      input <= composed.inputUpTo &&
      kind.serviceTier === call.serviceTier &&
      kind.batch === call.batch &&
      kind.ofMany === ofMany &&
      kind.host === call.host &&
      kind.region === call.region &&
      kind.speed === call.speed &&
      kind.inferenceGeo === call.inferenceGeo &&
      kind.requestModel === call.requestModel &&
      kind.searchContextSize === call.searchContextSize &&
      kind.size === call.image?.size &&
      kind.quality === call.image?.quality &&
      (!composed.dependsOnTenant || kind.tenant === call.tenant) &&
      (!composed.dependsOnThinking || kind.thinking === (call.usage.reasoningTokens ?? 0) > 0)
    ) {
      return composed
    }
  }
  return undefined
}

/** Keeps a card for calls of the same kind. */
export function remember(slot: CardSlot, call: PriceableCall, composed: Composed): void {
  if (slot.entries.length >= MOST_ENTRIES) slot.entries.length = 0
  const {
    at: _at,
    usage,
    furtherUsage: _further,
    tools: _tools,
    declaredCost: _declared,
    durationSeconds: _duration,
    image,
    ...kind
  } = call
  slot.entries.push({
    call: {
      ...kind,
      ...(image?.size === undefined ? {} : { size: image.size }),
      ...(image?.quality === undefined ? {} : { quality: image.quality }),
      thinking: (usage.reasoningTokens ?? 0) > 0,
      ofMany: isOfMany(call),
    },
    composed,
  })
}
