import type { ExporterConfig } from '../config/types.ts'
import { createGrpcExporter } from './grpc-exporter.ts'
import { createHttpExporter } from './http-exporter.ts'
import type { Destination } from './types.ts'

/** The exporter for a destination's protocol. */
export function createExporter(config: ExporterConfig): Destination {
  return config.protocol === 'grpc' ? createGrpcExporter(config) : createHttpExporter(config)
}
