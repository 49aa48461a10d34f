import { type Cost, type PriceableCall, priceUsage, USAGE_PARTS } from '@spanmeter/pricing'
import { Argument, Command, Option } from 'commander'
import { closest } from '../config/closest.ts'
import { describeCost, describePrice, diffPrices, listPrices, namedModel } from '../prices/describe.ts'
import { readPriceBook } from '../prices/overrides-file.ts'
import { UsageError } from '../usage-error.ts'
import { fail } from './fail.ts'
import { time } from './options.ts'

interface CommonOptions {
  readonly provider?: string
  readonly overrides?: string
}

/** `spanmeter prices`: shows the price book, and why a call costs what it does. */
export function pricesCommand(): Command {
  const command = new Command('prices').description(
    'Look into the price book: prices, their history and sources, and how a cost comes about.',
  )
  command.addCommand(showCommand())
  command.addCommand(explainCommand())
  command.addCommand(listCommand())
  command.addCommand(diffCommand())
  return command.addHelpText('after', EXAMPLES)
}

function showCommand(): Command {
  return common(new Command('show').description('The price of a model: now, on a day, and over time.'))
    .argument('<model>', 'as a call names it, or provider/model')
    .addOption(at('the price of this day'))
    .action((model: string, { provider, at, overrides }: CommonOptions & { at: Date }) =>
      print(() => describePrice(readPriceBook(overrides), namedModel(model, provider), at)),
    )
}

function explainCommand(): Command {
  return common(new Command('explain').description('What one call costs, step by step.'))
    .argument('<model>', 'as the call names it, or provider/model')
    .addOption(at('when the call was made'))
    .option(
      '--usage <json>',
      'what it used, as in {"inputTokens":1000,"cacheReadTokens":800,"outputTokens":200}',
    )
    .option(
      '--call <json>',
      'anything else of the call, as in {"serviceTier":"flex","region":"us-east-1"}',
      '{}',
    )
    .option('--json', 'print the cost as JSON')
    .action(
      (model: string, options: CommonOptions & { at: Date; usage?: string; call: string; json?: boolean }) =>
        print(() => {
          const call = callOf(model, options)
          const cost: Cost = priceUsage(call, readPriceBook(options.overrides))
          return options.json === true ? `${JSON.stringify(cost, undefined, 2)}\n` : describeCost(call, cost)
        }),
    )
}

function listCommand(): Command {
  return common(new Command('list').description('The providers of the book, or the models of one.'))
    .addOption(at('the prices of this day'))
    .action(({ provider, overrides, at }: CommonOptions & { at: Date }) =>
      print(() => listPrices(readPriceBook(overrides), provider, at)),
    )
}

function diffCommand(): Command {
  return common(
    new Command('diff').description('Which prices changed between two days, announced changes included.'),
  )
    .argument('<from>', 'a day, as in 2026-07-01', time)
    .addArgument(new Argument('[to]', 'a later day').argParser(time).default(new Date(), 'now'))
    .action((from: Date, to: Date, { provider, overrides }: CommonOptions) =>
      print(() => diffPrices(readPriceBook(overrides), from, to, provider)),
    )
}

function common(command: Command): Command {
  return command
    .option('--provider <name>', 'gen_ai.provider.name, or a reseller')
    .option('--overrides <file>', 'prices of your own laid over the book (YAML or JSON)')
}

function callOf(
  model: string,
  { provider, at, usage, call }: CommonOptions & { at: Date; usage?: string; call: string },
): PriceableCall {
  return {
    ...namedModel(model, provider),
    at,
    usage: usage === undefined ? {} : usageOf(json(usage, '--usage')),
    ...json(call, '--call'),
  }
}

/** Refuses unknown names: the price book would ignore a misspelt one. */
function usageOf(usage: PriceableCall['usage']): PriceableCall['usage'] {
  for (const name of Object.keys(usage)) {
    if ((USAGE_PARTS as readonly string[]).includes(name)) continue
    const guess = closest(name, USAGE_PARTS)
    const hint = guess === undefined ? `there are ${USAGE_PARTS.join(', ')}` : `did you mean "${guess}"?`
    throw new UsageError(`--usage: unknown "${name}"; ${hint}`)
  }
  return usage
}

function json(text: string, option: string): Record<string, never> {
  try {
    const value = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (error) {
    throw new UsageError(`${option} is not JSON: ${(error as Error).message}`)
  }
  throw new UsageError(`${option} is not a JSON object`)
}

function at(description: string): Option {
  return new Option('--at <date>', description).argParser(time).default(new Date(), 'now')
}

function print(describe: () => string): void {
  try {
    process.stdout.write(describe())
  } catch (error) {
    fail(error)
  }
}

const EXAMPLES = `
Examples:
  spanmeter prices show openai/gpt-5.4
  spanmeter prices show claude-sonnet-4-5 --provider anthropic --at 2026-01-15
  spanmeter prices explain anthropic/claude-opus-4-6 --usage '{"inputTokens":1000,"outputTokens":200}' --call '{"inferenceGeo":"us"}'
  spanmeter prices list
  spanmeter prices list --provider deepseek
  spanmeter prices diff 2026-07-01 2026-09-01 --provider openai`
