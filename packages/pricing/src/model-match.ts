import type { ModelPrices, ProviderFile } from './price-file.ts'

/** The list entry by which a call is priced, and what the spelling of its model says about the call. */
export interface ModelMatch {
  readonly provider: ProviderFile
  /** The id under which the list has the model. */
  readonly id: string
  readonly model: ModelPrices
  /** Bedrock's inference profile: `us`, `eu`, `global`, ... */
  readonly regionClass?: string
  /** The region that the id names. */
  readonly region?: string
  readonly batch?: boolean
  readonly free?: boolean
  readonly provisioned?: boolean
  /** The price is another provider's, or that of the requested model instead of the one that answered. */
  readonly estimated?: boolean
  /** How the id was read, where it wasn't the listed one. */
  readonly steps: readonly string[]
}
