import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { stringify } from 'yaml'
import { loadConfig } from '../config/load-config.ts'
import type { Config } from '../config/types.ts'
import { checkClientTls } from '../exporters/client-tls.ts'
import { createAccess } from '../security/access.ts'
import { createEnrichment } from '../serve/reloadable-enrichment.ts'
import { reportSpans } from './check-spans.ts'
import { fail } from './fail.ts'
import { maskSecrets } from './mask-secrets.ts'

interface CheckOptions {
  readonly config?: string
  readonly print?: boolean
  readonly spans?: string
}

/** `spanmeter check`: says what is wrong with a configuration, or with spans under it, and where. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Check a configuration and the files it names; with --spans, check spans against it.')
    .option('-c, --config <file>', 'configuration file (default: $SPANMETER_CONFIG)')
    .option('--print', 'print the configuration in effect, defaults filled in, secrets masked')
    .option(
      '--spans <file>',
      'OTLP JSON (a request, or one a line) to price and to hold against the tag contract',
    )
    .addHelpText('after', HELP)
    .action((options: CheckOptions) => {
      try {
        check(options)
      } catch (error) {
        fail(error)
      }
    })
}

function check({ config: path = process.env.SPANMETER_CONFIG, print, spans }: CheckOptions): void {
  const config = loadConfig(path)
  checkNamedFiles(config)
  if (print === true) {
    process.stdout.write(stringify(maskSecrets(config)))
    return
  }
  if (spans === undefined) {
    process.stdout.write(`${path ?? 'environment'}: ok\n${summary(config)}`)
    return
  }
  const { text, passed } = reportSpans(readFileSync(spans), config)
  process.stdout.write(text)
  process.exitCode = passed ? 0 : 1
}

/** Prices, look-ups, certificates and secrets are read as the service would read them. */
function checkNamedFiles(config: Config): void {
  createEnrichment(config)
  for (const section of [config.receivers.http, config.receivers.grpc, config.web]) {
    if (section !== undefined) createAccess(section)
  }
  for (const { tls } of config.exporters) checkClientTls(tls)
}

function summary(config: Config): string {
  const { receivers, exporters, sendingQueue, ledger, web } = maskSecrets(config) as Config
  const rows = [
    [
      'receivers',
      [
        receivers.http && `http ${receivers.http.endpoint}`,
        receivers.grpc && `grpc ${receivers.grpc.endpoint}`,
      ],
    ],
    ['exporters', exporters.map(({ name, protocol, endpoint }) => `${name} ${protocol} ${endpoint}`)],
    ['queue', [sendingQueue.enabled ? `${sendingQueue.directory}, fsync ${sendingQueue.fsync}` : 'off']],
    ['ledger', [ledger?.path ?? 'off']],
    ['web', [web?.endpoint ?? 'off']],
  ] as const
  return rows
    .map(([name, values]) => `  ${name.padEnd(10)} ${values.filter((value) => value).join(', ') || 'none'}\n`)
    .join('')
}

const HELP = `
Exit codes:
  0  nothing is wrong
  1  a span breaks the tag contract or can't be priced, or a file can't be read
  2  the configuration is wrong

Examples:
  spanmeter check --config spanmeter.yaml
  spanmeter check --config spanmeter.yaml --print
  spanmeter check --config spanmeter.yaml --spans spans.json      as a gate in CI`
