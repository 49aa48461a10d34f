import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { binDirectory, buildDirectory } from './cache.ts'
import { runQuietly } from './go-program.ts'

export const collectorManifest: string = join(import.meta.dirname, 'collector.builder.yaml')

/** Builds .cache/bin/otelcol with the Collector's builder, which must be in .cache/bin. */
export async function buildCollector(): Promise<void> {
  await runQuietly(join(binDirectory, 'builder'), ['--config', collectorManifest], buildDirectory)
  await copyFile(join(buildDirectory, 'otelcol/otelcol'), join(binDirectory, 'otelcol'))
}
