import { Command } from 'commander'
import { loadConfig } from '../config/load-config.ts'
import { serve } from '../serve.ts'
import { createLogger } from '../telemetry/logger.ts'
import { fail } from './fail.ts'

interface ServeOptions {
  readonly config?: string
}

/** `spanmeter serve`: runs until SIGINT or SIGTERM. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Run the processor (the default command).')
    .option('-c, --config <file>', 'configuration file (default: $SPANMETER_CONFIG, else none is needed)')
    .action(async (options: ServeOptions) => {
      const logger = createLogger()
      try {
        const config = loadConfig(options.config ?? process.env.SPANMETER_CONFIG)
        const service = await serve(config, logger)
        logger.info({ ...service.addresses, exporters: config.exporters.map(({ name }) => name) }, 'ready')
        const signal = await stopSignal()
        logger.info({ signal }, 'stopping')
        process.exitCode = (await service.close()) ? 0 : 1
        logger.info('stopped')
      } catch (error) {
        fail(error)
      }
    })
}

function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve('SIGINT'))
    process.once('SIGTERM', () => resolve('SIGTERM'))
  })
}
