import type { Cost, DatedPrice, PriceableCall, PriceBook, Sheet } from '@spanmeter/pricing'
import { UsageError } from '../usage-error.ts'

interface NamedModel {
  readonly provider: string
  readonly model: string
}

/** Reads `provider/model`, or a model whose provider is given separately. */
export function namedModel(model: string, provider: string | undefined): NamedModel {
  if (provider !== undefined) return { provider, model }
  const slash = model.indexOf('/')
  if (slash === -1) throw new UsageError('Name the provider: provider/model, or --provider.')
  return { provider: model.slice(0, slash), model: model.slice(slash + 1) }
}

function unknownProvider(name: string): UsageError {
  return new UsageError(`No price list for ${name}. "spanmeter prices list" names those there are.`)
}

/** The price of a model on a day, and its history with sources. */
export function describePrice(book: PriceBook, { provider, model }: NamedModel, at: Date): string {
  const found = book.find({ provider, model, at, usage: {} })
  if (found === 'unknown_provider') throw unknownProvider(provider)
  if (found === 'unknown_model') {
    throw new UsageError(
      `${provider} lists no ${model}. "spanmeter prices list --provider ${provider}" has its models.`,
    )
  }
  const day = at.toISOString()
  const current = found.model.prices.findLast(({ from }) => from <= day)
  return [
    `${found.provider.provider}/${found.id}`,
    ...found.steps.map((step) => `  ${step}`),
    ...(found.model.aliases === undefined ? [] : [`  also: ${found.model.aliases.join(', ')}`]),
    ...found.model.prices.flatMap((price) => [
      '',
      ...describeDated(price, price === current, found.provider.currency ?? 'USD'),
    ]),
    '',
  ].join('\n')
}

function describeDated(price: DatedPrice, current: boolean, currency: string): string[] {
  return [
    `${current ? '* ' : '  '}from ${price.from}`,
    ...describeSheet(price, currency, '    '),
    ...(price.note === undefined ? [] : [`    note: ${price.note}`]),
    `    checked ${price.checked}: ${price.sources.join(', ')}`,
  ]
}

/** A sheet's rates and, indented beneath them, the sheets for special conditions. */
function describeSheet(sheet: Sheet, currency: string, indent: string): string[] {
  const lines: string[] = []
  for (const [unit, value] of Object.entries(sheet)) {
    if (unit.startsWith('per')) lines.push(`${indent}${currency} ${spelled(unit)}: ${rates(value)}`)
  }
  const inner = `${indent}  `
  for (const { above, from, ...long } of sheet.context ?? []) {
    lines.push(
      `${indent}input ${above === undefined ? `of ${from} tokens and more` : `above ${above} tokens`}:`,
      ...describeSheet(long, currency, inner),
    )
  }
  if (sheet.thinking !== undefined)
    lines.push(`${indent}thinking:`, ...describeSheet(sheet.thinking, currency, inner))
  for (const [tier, card] of Object.entries(sheet.tiers ?? {}))
    lines.push(`${indent}${tier}:`, ...describeSheet(card, currency, inner))
  for (const { hours, weekdays, perMillionTokens } of sheet.windows ?? []) {
    lines.push(`${indent}${hours.join(', ')} UTC${weekdays === undefined ? '' : `, ${weekdays.join(' ')}`}:`)
    lines.push(...describeSheet({ perMillionTokens }, currency, inner))
  }
  for (const [region, card] of Object.entries(sheet.regions ?? {})) {
    if ('factor' in card) lines.push(`${indent}${region}: ${card.factor} times the rates`)
    else lines.push(`${indent}${region}:`, ...describeSheet(card, currency, inner))
  }
  return lines
}

function spelled(unit: string): string {
  return unit.replace(/([A-Z])/g, ' $1').toLowerCase()
}

function rates(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, rate]) => `${name} ${typeof rate === 'object' ? `(${rates(rate)})` : rate}`)
    .join(', ')
}

/** A cost with its parts and the steps that led to it. */
export function describeCost(call: PriceableCall, cost: Cost): string {
  const head = `${call.provider}/${call.model} at ${call.at.toISOString()}`
  const steps = cost.decisions.map((decision) => `  - ${decision}`)
  if (!cost.priced) return [head, `  no price: ${cost.reason}`, ...steps, ''].join('\n')
  const parts = Object.entries(cost.components).map(([name, amount]) => `  ${name.padEnd(12)} ${amount}`)
  return [
    head,
    ...steps,
    '',
    ...parts,
    `  ${'total'.padEnd(12)} ${cost.amount} ${cost.currency} (${cost.source})`,
    ...(cost.listAmount === cost.amount
      ? []
      : [`  ${'list'.padEnd(12)} ${cost.listAmount} ${cost.currency}`]),
    ...(cost.cacheSavings === undefined
      ? []
      : [`  ${'cache saved'.padEnd(12)} ${cost.cacheSavings} ${cost.currency}`]),
    '',
  ].join('\n')
}

/** The providers of the book, or one provider's models with their token rates. */
export function listPrices(book: PriceBook, provider: string | undefined, at: Date): string {
  if (provider === undefined) {
    const rows = book
      .providerIds()
      .map((id) => [id, String(Object.keys(book.provider(id)!.models).length), book.provider(id)!.name])
    return table(['provider', 'models', 'name'], rows)
  }
  const list = book.provider(provider)
  if (list === undefined) throw unknownProvider(provider)
  const day = at.toISOString()
  const rows = Object.entries(list.models).map(([id, model]) => {
    const price = model.prices.findLast(({ from }) => from <= day) ?? model.prices[0]!
    const { input, cacheRead, output } = price.perMillionTokens ?? {}
    return [
      id,
      price.from,
      text(input),
      text(cacheRead),
      text(output),
      price.perMillionTokens === undefined ? otherUnit(price) : '',
    ]
  })
  return table(['model', 'from', 'input', 'cache read', 'output', 'other'], rows)
}

function otherUnit(price: DatedPrice): string {
  const [unit, value] = Object.entries(price).find(([name]) => name.startsWith('per')) ?? []
  return unit === undefined ? '' : `${spelled(unit)}: ${rates(value)}`
}

/** Prices that began after one day and not after another. */
export function diffPrices(book: PriceBook, from: Date, to: Date, provider: string | undefined): string {
  if (to < from) throw new UsageError('The later day comes second.')
  const list = provider === undefined ? undefined : book.provider(provider)
  if (provider !== undefined && list === undefined) throw unknownProvider(provider)
  const ids = list === undefined ? book.providerIds() : [list.provider]
  const [since, until] = [from.toISOString(), to.toISOString()]
  const rows = ids.flatMap((id) =>
    Object.entries(book.provider(id)!.models).flatMap(([model, { prices }]) =>
      prices.flatMap((price, index) => {
        const before = prices[index - 1]
        if (before === undefined || price.from <= since || price.from > until) return []
        return [[price.from.slice(0, 10), `${id}/${model}`, change(before, price)]]
      }),
    ),
  )
  if (rows.length === 0) return 'No price changed.\n'
  return table(
    ['from', 'model', 'change'],
    rows.sort((a, b) => (a[0]! < b[0]! ? -1 : 1)),
  )
}

function change(before: Sheet, after: Sheet): string {
  const old = before.perMillionTokens ?? {}
  const fresh = after.perMillionTokens ?? {}
  const meters = [...new Set([...Object.keys(old), ...Object.keys(fresh)])] as (keyof typeof old)[]
  const changed = meters
    .filter((meter) => old[meter] !== fresh[meter])
    .map((meter) => `${meter} ${text(old[meter])} -> ${text(fresh[meter])}`)
  return changed.length > 0 ? changed.join(', ') : 'other conditions'
}

function text(rate: number | undefined): string {
  return rate === undefined ? '-' : String(rate)
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]!.length)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => cell.padEnd(widths[index]!))
      .join('  ')
      .trimEnd()
  return `${[line(header), ...rows.map(line)].join('\n')}\n`
}
