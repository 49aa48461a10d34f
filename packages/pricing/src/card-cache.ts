import type { Composed } from './compose.ts'
import { isOfMany } from './rules/context-tier.ts'
import type { PriceableCall } from './types.ts'

/** The cards composed for one provider and model as calls name them, each with the kind of call it is for. */
export interface CardSlot {
  readonly entries: { readonly call: Qualifiers; readonly composed: Composed }[]
}

type Qualifiers = Omit<
  PriceableCall,
  'at' | 'usage' | 'furtherUsage' | 'tools' | 'declaredCost' | 'durationSeconds' | 'image'
> & { size?: string; quality?: string; thinking: boolean; ofMany: boolean }

/** Names come from outside: what is remembered of them stays bounded, in number and length. */
const MOST_NAMES = 10_000
const LONGEST_NAME = 256
/** How many kinds of calls are remembered for a model: more than any real traffic has. */
const MOST_ENTRIES = 64

/** Cards by provider and model as calls name them. */
export class CardCache {
  readonly #slots = new Map<string, Map<string, CardSlot>>()
  #count = 0

  /** The slot for these names; too long names get one that isn't kept. */
  slot(provider: string, model: string): CardSlot {
    const known = this.#slots.get(provider)?.get(model)
    if (known !== undefined) return known
    const slot: CardSlot = { entries: [] }
    if (provider.length <= LONGEST_NAME && model.length <= LONGEST_NAME) this.#keep(provider, model, slot)
    return slot
  }

  #keep(provider: string, model: string, slot: CardSlot): void {
    if (this.#count >= MOST_NAMES) {
      this.#slots.clear()
      this.#count = 0
    }
    const models = this.#slots.get(provider) ?? new Map<string, CardSlot>()
    this.#slots.set(provider, models.set(model, slot))
    this.#count++
  }
}

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
  if (Object.values(kind).some((value) => typeof value === 'string' && value.length > LONGEST_NAME)) return
  if (slot.entries.length >= MOST_ENTRIES) slot.entries.length = 0
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
