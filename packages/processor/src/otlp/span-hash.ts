const ownSeed = (Math.random() * 0x7fffffff) | 0

/** A hash of three words of a span's ids. Seeded, so that a sender can't choose ids that collide. */
export function spanHash(trace: number, high: number, low: number, seed: number = ownSeed): number {
  let hash = Math.imul(seed ^ low, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 15) ^ high, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13) ^ trace, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
