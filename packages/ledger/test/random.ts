export interface Random {
  /** A whole number below the limit. */
  below(limit: number): number
  chance(percent: number): boolean
  one<Item>(items: readonly Item[]): Item
}

/** What is drawn follows from the seed. */
export function randomFrom(seed: number): Random {
  const next = numbersFrom(seed)
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    chance: (percent) => below(100) < percent,
    one: (items) => items[below(items.length)]!,
  }
}

/** Numbers in [0, 1), the same ones for the same seed (Mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
