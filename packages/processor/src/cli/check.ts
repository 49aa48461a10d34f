import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { loadConfig } from '../config/load-config.ts'
import { printConfig } from '../config/print-config.ts'
import type { Config } from '../config/types.ts'
import { checkClientTls } from '../exporters/client-tls.ts'
import { endpointUrl, parseEndpoint } from '../network/listen.ts'
import { createAccess } from '../security/access.ts'
import { refuseLoop } from '../serve/refuse-loop.ts'
import { refuseSharedPort } from '../serve/refuse-shared-port.ts'
import { createEnrichment } from '../serve/reloadable-enrichment.ts'
import { fail } from './fail.ts'
import { maskSecrets } from './mask-secrets.ts'
import { configOption } from './options.ts'
import { reportSpans } from './report-spans.ts'

interface CheckOptions {
  readonly config?: string
  readonly print?: boolean
  readonly spans?: string
}

/** `spanmeter check`: says what is wrong with a configuration, or with spans under it, and where. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Check a configuration and the files it names; with --spans, check spans against it.')
    .addOption(configOption())
    .option('--print', 'print the configuration in effect as a file with every default, secrets masked')
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

function check({ config: path, print, spans }: CheckOptions): void {
  const config = loadConfig(path)
  checkTogether(config)
  if (print === true) {
    process.stdout.write(printConfig(maskSecrets(config) as Config))
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

/**
 * Checks what the service checks when it starts: prices, look-ups, certificates and secrets can be read, no two sections share a
 * port, and no exporter sends to our own receivers.
 */
function checkTogether(config: Config): void {
  const { receivers, web, exporters } = config
  refuseSharedPort(config)
  createEnrichment(config)
  const open = [receivers.http, receivers.grpc].filter((receiver) => receiver !== undefined)
  for (const section of web === undefined ? open : [...open, web]) createAccess(section)
  for (const { tls } of exporters) checkClientTls(tls)
  refuseLoop(
    exporters,
    open.map(({ endpoint }) => endpointUrl('http', parseEndpoint(endpoint))),
  )
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
