import { readFileSync } from 'node:fs'
import { CardCache } from './card-cache.ts'
import { readCompiled } from './compiled-file.ts'
import { findModel } from './find-model.ts'
import type { ModelMatch } from './model-match.ts'
import { type Overrides, type OverridesInput, readOverrides } from './overrides.ts'
import type { ProviderFile } from './price-file.ts'
import type { PriceableCall } from './types.ts'

/** Dated price lists of all providers, with the customer's overrides laid over them. Immutable; build a new one to change prices. */
export class PriceBook {
  readonly overrides: Overrides | undefined
  /** What `priceUsage` has worked out so far, by provider and model as calls name them. */
  readonly cards: CardCache = new CardCache()
  readonly #files: ReadonlyMap<string, string>
  readonly #providers: Map<string, ProviderFile> = new Map()
  #names: Map<string, string> | undefined

  constructor(files: ReadonlyMap<string, string>, overrides: Overrides | undefined) {
    this.#files = files
    this.overrides = overrides
  }

  /** Ids of the providers that have a list. */
  providerIds(): string[] {
    return [...this.#files.keys()]
  }

  /** The list of a provider, by its id or one of its other names. */
  provider(name: string): ProviderFile | undefined {
    const id = this.#resolve(name)
    if (id === undefined) return undefined
    let provider = this.#providers.get(id)
    if (provider === undefined) {
      provider = readCompiled(this.#files.get(id)!)
      this.#providers.set(id, provider)
    }
    return provider
  }

  /** The provider that bills for calls to a host. */
  providerOfHost(host: string): ProviderFile | undefined {
    for (const pattern of hostPatterns(host)) {
      const id = this.#resolve(`host:${pattern}`)
      if (id !== undefined) return this.provider(id)
    }
    return undefined
  }

  /** Which listed model a call used; the reason where none is. */
  find(call: PriceableCall): ModelMatch | 'unknown_provider' | 'unknown_model' {
    return findModel(call, this)
  }

  #resolve(name: string): string | undefined {
    this.#names ??= namesOf(this.#files)
    return this.#names.get(name.toLowerCase()) ?? this.#names.get(withoutSeparators(name))
  }
}

/**
 * The forms under which a list may name a host, the most specific first: itself, with `*` for one label, any subdomain.
 */
function hostPatterns(host: string): string[] {
  const bare = host
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[:/].*$/, '')
  const labels = bare.split('.')
  const one = labels.map((_, index) => labels.with(index, '*').join('.'))
  const any = labels.slice(1, -1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`)
  return [bare, bare.replace(/^[^.]*-/, '*-'), ...one, ...any]
}

/** Ids, aliases and hosts of all lists, read from the heads of the files so that no list is parsed before it is needed. */
function namesOf(files: ReadonlyMap<string, string>): Map<string, string> {
  const names = new Map<string, string>()
  for (const [id, text] of files) {
    const head = JSON.parse(`${text.slice(0, text.indexOf(',"readings":'))}}`) as ProviderFile
    for (const name of [id, ...(head.aliases ?? [])]) {
      names.set(name.toLowerCase(), id)
      names.set(withoutSeparators(name), id)
    }
    for (const host of head.hosts ?? []) names.set(`host:${host.toLowerCase()}`, id)
  }
  return names
}

/** Emitters write one name in many ways: `x_ai`, `x-ai`, `x.ai`, `xAI`. */
function withoutSeparators(name: string): string {
  return name.toLowerCase().replace(/[\s._-]/g, '')
}

export interface LoadPriceBookOptions {
  /** The customer's own prices, aliases and discounts. Throws `OverridesError` with a path where they are wrong. */
  overrides?: OverridesInput
}

/** The bundled price lists, with the user's overrides laid over them. */
export function loadPriceBook({ overrides }: LoadPriceBookOptions = {}): PriceBook {
  bundled ??= readBundled()
  return new PriceBook(bundled, overrides === undefined ? undefined : readOverrides(overrides))
}

let bundled: ReadonlyMap<string, string> | undefined

/** Not a module: V8 would take several times as long to compile a literal of this size. */
function readBundled(): ReadonlyMap<string, string> {
  const text = readFileSync(new URL('../generated/price-lists.jsonl', import.meta.url), 'latin1')
  const lists = new Map<string, string>()
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    const list = text.slice(start, end)
    lists.set(PROVIDER.exec(list)![1]!, list)
    start = end + 1
  }
  return lists
}

const PROVIDER = /^\{"provider":"([^"]+)"/
