/** What becomes of attributes before anything else sees them. Names are globs; the first action that names one decides. */
export interface ContentPolicy {
  /** Attributes that are taken out. */
  readonly drop?: readonly string[]
  /** Attributes whose value becomes `***`. */
  readonly mask?: readonly string[]
  /** Attributes whose value becomes a keyed hash of it: equal values stay equal, and nobody reads them. */
  readonly hash?: readonly string[]
  /** Span events that are taken out, by name. */
  readonly drop_events?: readonly string[]
  /** Key of the hash. Without one, each start of the processor hashes differently. */
  readonly hash_key?: string
}

export type ContentAction = 'keep' | 'drop' | 'mask' | 'hash'
