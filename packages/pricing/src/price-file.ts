/** The shape of `data/<provider>.json`. README.md explains each field; price-file-check.ts enforces them. */
export interface ProviderFile {
  /** `gen_ai.provider.name`, or the reseller's own name. The file name is the same with `-` for `.` and `_`. */
  provider: string
  name: string
  /** Other names that emitters use for this provider. */
  aliases?: string[]
  /**
   * Hosts that bill as this provider. `*` stands for a label or, at the beginning, for any number of them; `*-` for the
   * beginning of the first.
   */
  hosts?: string[]
  /** The provider's own price pages. */
  pages: string[]
  /** ISO 4217, `USD` unless said. */
  currency?: string
  /**
   * Makers of the models in this list. Ids may have them as a prefix or path, or leave them out:
   * `anthropic.claude-...`.
   */
  makers?: string[]
  /** Providers whose prices hold for models that this one, a pass-through reseller, doesn't list. */
  resells?: string[]
  /** Factors the provider states for its whole list, for tiers without a published absolute rate. */
  tierFactors?: Record<string, number>
  /** Other names of service tiers: `{ "fast": "priority" }`; `standard` is the base rate. */
  tierAliases?: Record<string, string>
  /** Provider-side tool fees that hold for every model that states none of its own. */
  perThousandCalls?: Record<string, number | ToolFee>
  models: Record<string, ModelPrices>
}

export interface ModelPrices {
  aliases?: string[]
  /** Oldest first; each holds until the next begins. */
  prices: DatedPrice[]
}

export interface DatedPrice extends Sheet {
  /** First day (or instant) at this price, UTC. */
  from: string
  /** Where the price was read: a page, or `data set@date`. */
  sources: string[]
  /** When it was last read there. */
  checked: string
  note?: string
}

/** Rates under one set of conditions. The token rates of a nested sheet replace those of the outer one as a whole. */
export interface Sheet {
  /** ISO 4217, where it isn't the provider's. */
  currency?: string
  perMillionTokens?: TokenRates
  perMillionCharacters?: number
  perSecond?: number
  perMinute?: number
  perHour?: number
  /** Price per second by resolution, for video. */
  perSecondBySize?: Record<string, number>
  /** The shortest duration that is billed. */
  minimumSeconds?: number
  perImage?: number | ImagePrices
  perThousandPages?: number
  perThousandAnnotatedPages?: number
  perThousandSearchUnits?: number
  perThousandRequests?: number | SearchContextPrices
  perThousandCalls?: Record<string, number | ToolFee>
  /** Rates by total input of the one request; the whole request is billed at them. */
  context?: ContextSheet[]
  /** Rates when the model thought before it answered. */
  thinking?: Sheet
  tiers?: Record<string, Sheet>
  /** By region class, most specific first match: an absolute sheet, or a factor on the token rates. */
  regions?: Record<string, Sheet | { factor: number }>
  /** Rates at times of day; the first window that matches counts. */
  windows?: WindowSheet[]
}

export interface ContextSheet {
  /** The sheet holds for more input tokens than this. */
  above?: number
  /** The sheet holds for this many input tokens and more. */
  from?: number
  perMillionTokens: TokenRates
  thinking?: Sheet
}

export interface WindowSheet {
  /** UTC, `HH:MM-HH:MM`; may pass midnight. */
  hours: string[]
  /** `Mon`…`Sun`, of the UTC day; all if absent. */
  weekdays?: string[]
  /** Instants between which the window exists at all. */
  from?: string
  until?: string
  perMillionTokens: TokenRates
}

export type TokenRates = Partial<Record<TokenMeter, number>>

export const TOKEN_METERS = [
  'input',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'cacheWrite12h',
  'output',
  'reasoning',
  'citation',
  'audioInput',
  'audioCacheRead',
  'audioOutput',
  'imageInput',
  'imageCacheRead',
  'imageOutput',
  'videoInput',
  'videoOutput',
] as const

export type TokenMeter = (typeof TOKEN_METERS)[number]

/** By size, or by quality and size; `default` for what isn't listed. */
interface ImagePrices {
  [size: string]: number | Record<string, number>
}

interface SearchContextPrices {
  low: number
  medium: number
  high: number
}

export interface ToolFee {
  /** By size of the search context, where it matters. */
  low?: number
  medium?: number
  high?: number
  price?: number
  /** `request`: one fee per request however many calls the tool made in it. */
  per?: 'call' | 'request'
  /** An allowance of the whole organisation, which one span cannot know about. */
  freeAllowance?: string
}
