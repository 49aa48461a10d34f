/** How much a span reports about a call: that there was one, what it used, what that cost. */
export const Reported = { nothing: 0, call: 1, usage: 2, price: 3 } as const

/*
 * Two of these levels in one number: about calls that answer, and, in the higher bits, about look-ups (embeddings,
 * reranking). A call of one kind never stands for a call of the other.
 */
const BITS = 2
const ANSWERS = (1 << BITS) - 1
const LOOK_UPS = ANSWERS << BITS

/** `isLookUp`: `undefined` for a call that may be of either kind. */
export function reportedOf(level: number, isLookUp: boolean | undefined): number {
  return (isLookUp !== true ? level : 0) | (isLookUp !== false ? level << BITS : 0)
}

/** The higher of the two levels. */
export function reportedOfEither(reported: number): number {
  return Math.max(reported & ANSWERS, reported >> BITS)
}

/** The higher level of each kind. */
export function mostReported(one: number, other: number): number {
  return Math.max(one & ANSWERS, other & ANSWERS) | Math.max(one & LOOK_UPS, other & LOOK_UPS)
}

/** Whether others report at least as much about the call that a span reports. */
export function isReportedByOthers(reported: number, byOthers: number): boolean {
  return reaches(byOthers & ANSWERS, reported & ANSWERS) || reaches(byOthers & LOOK_UPS, reported & LOOK_UPS)
}

function reaches(byOthers: number, reported: number): boolean {
  return reported !== Reported.nothing && byOthers >= reported
}
