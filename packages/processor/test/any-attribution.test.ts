import { loadPriceBook } from '@spanmeter/pricing'
import { expect, test } from 'vitest'
import { createAllocate } from '../src/attribution/allocate.ts'
import type { LookupTable } from '../src/attribution/lookup-table.ts'
import type { AttributionOptions } from '../src/attribution/types.ts'
import { createProcessTraces } from '../src/process-traces.ts'
import { requestOf, spanAttributes } from './support/otlp-messages.ts'
import { RandomTraces } from './support/random-traces.ts'

const priceBook = loadPriceBook()
const KEYS = ['feature', 'tenant', 'team', 'plan']
const NAMES = [
  'http.route',
  'plan',
  'feature',
  'baggage.team',
  'business.tenant',
  'business.other',
  'server.port',
]
const VALUES = [
  '',
  'a',
  'ab',
  '/v1/faq/3',
  'a.c',
  'a+c',
  '[a]',
  '😀',
  'x\ny',
  7,
  0,
  1.5,
  true,
  ['a'],
  { a: 'a' },
]
const GLOBS = ['', '*', 'a', 'a*', '*b', '?', '/v1/*/3', 'a.c', 'a?c', '[a]', '**', '7', '1.5', 'true', 'x*y']

type Values = Readonly<Record<string, unknown>>

/** What is drawn for one configuration and one span. */
function drawn(random: RandomTraces) {
  const one = <Item>(items: readonly Item[]): Item => items[random.below(items.length)]!
  const some = <Item>(items: readonly Item[], oneIn: number): Item[] =>
    items.filter(() => random.chance(oneIn))
  const valuesOf = (names: readonly string[], values: readonly unknown[]): Values =>
    Object.fromEntries(names.map((name) => [name, one(values)]))
  const texts = ['', 'a', 'ab', 'c']
  const set = (oneIn: number) => valuesOf(some(KEYS, oneIn), texts) as Record<string, string>
  const globs = () => (random.chance(2) ? one(GLOBS) : [one(GLOBS), one(GLOBS)])
  const rules = Array.from({ length: random.below(4) }, () => ({
    when: Object.fromEntries(
      some([...NAMES, 'route', 'service.name', 'span.name'], 6).map((name) => [name, globs()]),
    ),
    set: set(2),
  }))
  const lookups: LookupTable[] = Array.from({ length: random.below(3) }, () => {
    const on = one(KEYS)
    const row = () =>
      Object.fromEntries(Object.entries(set(2)).filter(([key, value]) => key !== on && value !== ''))
    return { on, rows: new Map(some(['a', 'ab', 'c'], 2).map((key) => [key, row()])) }
  })
  const options = { keys: KEYS, rules, lookups, defaults: set(4) } satisfies AttributionOptions
  return {
    options,
    span: valuesOf(some(NAMES, 3), VALUES),
    resource: { ...valuesOf(some(['service.name', 'team', 'business.plan'], 2), ['a', 'ab', '']) },
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'object' || value === undefined || value === '' ? undefined : String(value)
}

function fits(glob: string, text: string): boolean {
  const pattern = glob.replace(/[.*+?^${}()|[\]\\]/g, (special) =>
    special === '*' ? '[^]*' : special === '?' ? '[^]' : `\\${special}`,
  )
  return new RegExp(`^${pattern}$`, 'u').test(text)
}

/** Who the span was for, by what the README says. */
function expected({ options, span, resource }: ReturnType<typeof drawn>): Record<string, string> {
  const { rules, lookups, defaults } = options
  const business: Record<string, string> = {}
  const add = (key: string, value: unknown): void => {
    const text = textOf(value)
    if (text !== undefined) business[key] ??= text
  }
  for (const [name, value] of Object.entries(span))
    if (name.startsWith('business.')) add(name.slice('business.'.length), value)
  for (const key of KEYS) {
    add(key, span[`baggage.${key}`])
    add(key, span[key])
  }
  const read = (name: string): string | undefined => {
    if (name === 'span.name') return 'span'
    if (name === 'route') return read('http.route') ?? read('business.endpoint')
    return textOf(span[name]) ?? textOf(resource[name])
  }
  for (const { when, set } of rules) {
    const holds = Object.entries(when).every(([name, globs]) => {
      const text = read(name)
      return text !== undefined && [globs].flat().some((glob) => fits(glob, text))
    })
    if (holds) for (const [key, value] of Object.entries(set)) add(key, value)
  }
  for (const key of KEYS) {
    add(key, resource[`business.${key}`])
    add(key, resource[key])
  }
  for (const { on, rows } of lookups)
    for (const [key, value] of Object.entries(rows.get(business[on] ?? '') ?? {})) add(key, value)
  for (const [key, value] of Object.entries(defaults)) add(key, value)
  return business
}

test('whatever rules, look-ups and defaults there are, each key has the nearest statement', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const what = drawn(new RandomTraces(7919 * seed))
    const process = createProcessTraces({ priceBook, allocate: createAllocate(what.options) })
    const body = requestOf(
      [{ attributes: { 'gen_ai.request.model': 'gpt-4.1', ...what.span } }],
      what.resource,
    )
    const { bytes, calls } = process(body, 'protobuf')
    const context = JSON.stringify(what)
    expect(calls[0]!.business, context).toEqual(expected(what))
    const written = Object.entries(spanAttributes(bytes)[0]!)
      .filter(([name, value]) => name.startsWith('business.') && textOf(value) !== undefined)
      .map(([name, value]) => [name.slice('business.'.length), String(value)])
    expect(Object.fromEntries(written), context).toEqual(expected(what))
  }
})
