export interface Random {
  /** A whole number below the limit. */
  below(limit: number): number
  chance(percent: number): boolean
  one<Item>(items: readonly Item[]): Item
}

/** What is drawn follows from the seed. */
export function randomFrom(seed: number): Random {
  let state = seed
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  return {
    below,
    chance: (percent) => below(100) < percent,
    one: (items) => items[below(items.length)]!,
  }
}
