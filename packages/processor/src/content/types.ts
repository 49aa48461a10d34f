/** What is done with attributes before anything else sees them. Names are globs; if several actions match, the first is done. */
export interface ContentPolicy {
  /** Attributes that are removed. */
  readonly drop?: readonly string[]
  /** Attributes whose value is replaced by `***`. */
  readonly mask?: readonly string[]
  /** Attributes whose value is replaced by a keyed hash: equal values stay equal, but can't be read. */
  readonly hash?: readonly string[]
  /** Span events that are removed, by name. */
  readonly drop_events?: readonly string[]
  /** Key of the hash. Without one, each start of the processor hashes differently. */
  readonly hash_key?: string
}

export type ContentAction = 'keep' | 'drop' | 'mask' | 'hash'
