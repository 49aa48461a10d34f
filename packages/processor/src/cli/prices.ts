import { type Cost, type PriceableCall, priceUsage } from '@spanmeter/pricing'
import { Command, InvalidArgumentError } from 'commander'
import { describeCost, describePrice, diffPrices, listPrices, UsageError } from '../prices/describe.ts'
import { readPriceBook } from '../prices/overrides-file.ts'
import { fail } from './fail.ts'

interface CommonOptions {
  readonly provider?: string
  readonly overrides?: string
}

/** `spanmeter prices`: what the price book says, and why a call costs what it does. */
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
    .option('--at <date>', 'the price of this day', day, new Date())
    .action((model: string, { provider, at, overrides }: CommonOptions & { at: Date }) =>
      print(() => describePrice(readPriceBook(overrides), model, provider, at)),
    )
}

function explainCommand(): Command {
  return common(new Command('explain').description('What one call costs, step by step.'))
    .argument('<model>', 'as the call names it, or provider/model')
    .option('--at <date>', 'when the call was made', day, new Date())
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
    .option('--at <date>', 'the prices of this day', day, new Date())
    .action(({ provider, overrides, at }: CommonOptions & { at: Date }) =>
      print(() => listPrices(readPriceBook(overrides), provider, at)),
    )
}

function diffCommand(): Command {
  return common(
    new Command('diff').description('Which prices changed between two days, announced changes included.'),
  )
    .argument('<from>', 'a day, as in 2026-07-01', day)
    .argument('[to]', 'a later day', day, new Date())
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
  const slash = model.indexOf('/')
  if (provider === undefined && slash < 0)
    throw new UsageError('Name the provider: provider/model, or --provider.')
  return {
    provider: provider ?? model.slice(0, slash),
    model: provider === undefined ? model.slice(slash + 1) : model,
    at,
    usage: usage === undefined ? {} : json(usage, '--usage'),
    ...json(call, '--call'),
  }
}

function json(text: string, option: string): Record<string, never> {
  try {
    return JSON.parse(text) as Record<string, never>
  } catch (error) {
    throw new UsageError(`${option} is no JSON: ${(error as Error).message}`)
  }
}

function day(text: string): Date {
  const date = new Date(text)
  if (Number.isNaN(date.getTime()))
    throw new InvalidArgumentError('Give a date as in 2026-07-01 or 2026-07-01T08:00:00Z.')
  return date
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
