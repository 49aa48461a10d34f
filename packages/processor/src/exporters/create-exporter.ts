import type { ExporterConfig } from '../config/types.ts'
import { trustSystemAuthorities } from '../security/system-authorities.ts'
import { createGrpcExporter } from './grpc-exporter.ts'
import { createHttpExporter } from './http-exporter.ts'
import type { Destination } from './types.ts'

/** The exporter for the configured protocol. */
export function createExporter(config: ExporterConfig): Destination {
  const endpoints = [config.endpoint, ...Object.values(config.signalEndpoints)]
  const isSecure = endpoints.some((endpoint) => endpoint?.startsWith('https:'))
  if (isSecure && config.tls.caFile === undefined) trustSystemAuthorities()
  return config.protocol === 'grpc' ? createGrpcExporter(config) : createHttpExporter(config)
}
