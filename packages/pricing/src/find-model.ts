import { bedrockArn, MODEL_ID_RULES, type ModelIdForm } from './model-ids.ts'
import type { ModelMatch } from './model-match.ts'
import type { PriceBook } from './price-book.ts'
import type { ModelPrices, ProviderFile } from './price-file.ts'
import type { PriceableCall } from './types.ts'

/**
 * The listed model that a call used: by the user's alias, by its id, or by its id after removing, one after another,
 * parts that providers document. Never by similarity.
 */
export function findModel(
  call: PriceableCall,
  book: PriceBook,
): ModelMatch | 'unknown_provider' | 'unknown_model' {
  const steps: string[] = []
  const provider = billingProvider(call, book, steps)
  const ids =
    call.requestModel === undefined || call.requestModel === ''
      ? [call.model]
      : [call.model, call.requestModel]
  for (const id of ids) {
    const aliased = aliasOf(id, call.provider, provider, book)
    const match =
      aliased === undefined
        ? listed(id, provider, book, steps)
        : fromAlias(aliased, id, provider, book, steps)
    if (match !== undefined) return id === call.model ? match : byRequest(match)
  }
  return provider === undefined ? 'unknown_provider' : 'unknown_model'
}

/** Found by the requested model: Azure's deployments and routers' aliases answer with names of their own. */
function byRequest(match: ModelMatch): ModelMatch {
  const step = 'model: by the request, the response names none that is listed'
  return { ...match, estimated: true, steps: [...match.steps, step] }
}

/** SDKs report the API they speak; the host says who bills. */
function billingProvider(call: PriceableCall, book: PriceBook, steps: string[]): ProviderFile | undefined {
  const named = book.provider(call.provider)
  const host = call.host === undefined ? undefined : book.providerOfHost(call.host)
  if (host === undefined || host === named) return named
  if (named !== undefined) steps.push(`provider: ${host.provider} by its host, not ${named.provider}`)
  return host
}

function aliasOf(
  id: string,
  name: string,
  provider: ProviderFile | undefined,
  book: PriceBook,
): string | undefined {
  const aliases = book.overrides?.aliases
  if (aliases === undefined) return undefined
  return (
    aliases.get(`${name}/${id}`.toLowerCase()) ??
    (provider === undefined ? undefined : aliases.get(`${provider.provider}/${id}`.toLowerCase())) ??
    aliases.get(id.toLowerCase()) ??
    aliasUnderOtherName(aliases, id.toLowerCase(), provider, book)
  )
}

/** The user may use any emitter's name for the provider: `azure/my-deployment`. */
function aliasUnderOtherName(
  aliases: ReadonlyMap<string, string>,
  id: string,
  provider: ProviderFile | undefined,
  book: PriceBook,
): string | undefined {
  if (provider === undefined) return undefined
  for (const [key, target] of aliases) {
    if (key.endsWith(`/${id}`) && book.provider(key.slice(0, -id.length - 1)) === provider) return target
  }
  return undefined
}

function fromAlias(
  target: string,
  id: string,
  provider: ProviderFile | undefined,
  book: PriceBook,
  steps: string[],
): ModelMatch | undefined {
  steps.push(`alias: ${id} is ${target}`)
  const slash = target.indexOf('/')
  const other = slash < 0 ? undefined : book.provider(target.slice(0, slash))
  const match =
    listed(target, provider, book, steps) ??
    (other === undefined ? undefined : listed(target.slice(slash + 1), other, book, steps))
  // What the aliased name says besides the model still holds: a provisioned ARN is capacity that is paid for.
  return match !== undefined && bedrockArn.read({ id })?.provisioned === true
    ? { ...match, provisioned: true }
    : match
}

function listed(
  id: string,
  provider: ProviderFile | undefined,
  book: PriceBook,
  before: readonly string[],
): ModelMatch | undefined {
  if (provider === undefined) return undefined
  const steps = [...before]
  let list = provider
  let form: ModelIdForm = { id: id.trim() }
  for (;;) {
    const match = lookUp(list, form, book, steps)
    if (match !== undefined) return match
    const next = readOnce(form)
    if (next === undefined) return undefined
    steps.push(`model: ${form.id} read as ${next.id} (${next.name})`)
    form = next.form
    if (form.provider === undefined || next.name !== 'provider-prefix') continue
    if (list.makers?.includes(form.provider) === true) continue
    const named = book.provider(form.provider)
    if (named === undefined) {
      if (list.provider !== form.provider && !sells(list, '*')) return undefined
    } else if (named !== list) {
      if (!sells(list, named.provider)) return undefined
      list = named
    }
  }
}

function readOnce(form: ModelIdForm): { form: ModelIdForm; name: string; id: string } | undefined {
  const lower = { ...form, id: form.id.toLowerCase() }
  for (const rule of MODEL_ID_RULES) {
    const next = rule.read(lower)
    if (next !== undefined) return { form: next, name: rule.name, id: next.id }
  }
  return undefined
}

function sells(list: ProviderFile, provider: string): boolean {
  return list.resells?.some((name) => name === '*' || name === provider) === true
}

function lookUp(
  list: ProviderFile,
  form: ModelIdForm,
  book: PriceBook,
  steps: readonly string[],
): ModelMatch | undefined {
  const own = indexOf(list).get(form.id.toLowerCase())
  if (own !== undefined) return { ...form, ...own, provider: list, steps }
  for (const name of list.resells ?? []) {
    const other = name === '*' ? undefined : book.provider(name)
    const resold = other === undefined ? undefined : indexOf(other).get(form.id.toLowerCase())
    if (resold !== undefined) {
      return {
        ...form,
        ...resold,
        provider: other!,
        estimated: true,
        steps: [...steps, `provider: ${list.name} lists no price of its own; ${other!.name}'s`],
      }
    }
  }
  return undefined
}

const INDEXES = new WeakMap<ProviderFile, Map<string, { id: string; model: ModelPrices }>>()

function indexOf(list: ProviderFile): Map<string, { id: string; model: ModelPrices }> {
  let index = INDEXES.get(list)
  if (index === undefined) {
    index = new Map()
    for (const [id, model] of Object.entries(list.models)) {
      index.set(id.toLowerCase(), { id, model })
      for (const alias of model.aliases ?? []) index.set(alias.toLowerCase(), { id, model })
    }
    indexWithoutMakers(index, list.makers)
    if (sells(list, '*')) indexWithoutPaths(index)
    INDEXES.set(list, index)
  }
  return index
}

/**
 * SDKs and instrumentations may omit the maker of an id: `claude-3-5-sonnet-20240620` of Bedrock's
 * `anthropic.claude-...-v1:0`.
 */
function indexWithoutMakers(
  index: Map<string, { id: string; model: ModelPrices }>,
  makers: readonly string[] | undefined,
): void {
  if (makers === undefined) return
  for (const [name, entry] of [...index]) {
    const dot = name.indexOf('.')
    if (!makers.includes(name.slice(0, dot))) continue
    const bare = name.slice(dot + 1)
    for (const id of [bare, bare.replace(/(?:-v\d+)?:\d+$/, '')]) if (!index.has(id)) index.set(id, entry)
  }
}

/**
 * OpenLLMetry also omits it from ids of routers: `claude-sonnet-4.5` for `anthropic/claude-sonnet-4.5`. A name that two
 * makers have is ambiguous, and left out.
 */
function indexWithoutPaths(index: Map<string, { id: string; model: ModelPrices }>): void {
  const makers = new Map<string, Set<string>>()
  for (const name of index.keys()) {
    const slash = name.lastIndexOf('/')
    const bare = name.slice(slash + 1)
    if (slash !== -1) makers.set(bare, (makers.get(bare) ?? new Set()).add(name))
  }
  for (const [bare, [name, ...others]] of makers)
    if (others.length === 0 && !index.has(bare)) index.set(bare, index.get(name!)!)
}
