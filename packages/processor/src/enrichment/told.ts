/** How much a span tells of a call: that there was one, what it used, what that cost. */
export const Told = { nothing: 0, call: 1, usage: 2, price: 3 } as const

/** How much is told of answers, and above these bits of look-ups: neither ever tells of the other. */
const BITS = 2
const ANSWERS = (1 << BITS) - 1
const LOOK_UPS = ANSWERS << BITS

/** `isLookUp`: `undefined` of a call that may be either. */
export function tell(told: number, isLookUp: boolean | undefined): number {
  return (isLookUp !== true ? told : 0) | (isLookUp !== false ? told << BITS : 0)
}

/** How much is told of a call of either kind. */
export function toldOfEither(told: number): number {
  return Math.max(told & ANSWERS, told >> BITS)
}

export function mostTold(one: number, other: number): number {
  return Math.max(one & ANSWERS, other & ANSWERS) | Math.max(one & LOOK_UPS, other & LOOK_UPS)
}

/** Whether others tell as much of the call that a span tells of. */
export function isToldByOthers(told: number, byOthers: number): boolean {
  return isTold(told & ANSWERS, byOthers & ANSWERS) || isTold(told & LOOK_UPS, byOthers & LOOK_UPS)
}

function isTold(told: number, byOthers: number): boolean {
  return told !== Told.nothing && byOthers >= told
}
