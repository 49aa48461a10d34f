import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { checkCommand } from './check.ts'
import { exportCommand } from './export.ts'
import { pricesCommand } from './prices.ts'
import { replayCommand } from './replay.ts'
import { reportCommand } from './report.ts'
import { serveCommand } from './serve.ts'
import { sqlCommand } from './sql.ts'

/** Every command of `spanmeter`; `serve` runs when none is named. */
export function createProgram(): Command {
  const program = new Command('spanmeter')
    .description('Prices and attributes every GenAI span on its way to any OpenTelemetry backend.')
    .version(version())
    .showSuggestionAfterError()
    .configureHelp({ helpWidth: 100, subcommandTerm: (command) => command.name() })
    .addHelpText('after', HELP)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_COMMAND_LINE))
  program.addCommand(serveCommand(), { isDefault: true })
  const commands = [
    reportCommand(),
    exportCommand(),
    sqlCommand(),
    checkCommand(),
    pricesCommand(),
    replayCommand(),
  ]
  for (const command of commands) program.addCommand(command)
  inheritSettings(program)
  return program
}

const WRONG_COMMAND_LINE = 2

/** Commander doesn't pass settings on to commands that it hasn't created itself. */
function inheritSettings(parent: Command): void {
  for (const command of parent.commands) inheritSettings(command.copyInheritedSettings(parent))
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

const HELP = `
Getting started:
  OTEL_EXPORTER_OTLP_ENDPOINT=http://tempo:4318 spanmeter
      receives OTLP on 127.0.0.1:4318 (HTTP) and 127.0.0.1:4317 (gRPC), writes costs onto the spans,
      forwards them, and shows the spend on http://127.0.0.1:4319

Environment:
  OTEL_EXPORTER_OTLP_*    where to forward to, when the configuration file names no exporters
  SPANMETER_CONFIG        configuration file, when --config is not given
  SPANMETER_LOG_LEVEL     trace, debug, info (default), warn, error, fatal, silent
  SPANMETER_TOKEN         bearer token for report, export and sql, where a spanmeter behind access control is asked

Exit codes:
  0  stopped in order: all that was acknowledged is delivered or safe on disk
  1  failed
  2  the configuration or the command line is wrong`
