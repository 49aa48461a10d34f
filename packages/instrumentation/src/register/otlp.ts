import { createNoopMeter, diag } from '@opentelemetry/api'
import {
  createOtlpNetworkExportDelegate,
  ExporterMetrics,
  type IOtlpExportDelegate,
  OTLPExporterBase,
} from '@opentelemetry/otlp-exporter-base'
import type { IExporterMetricsHelper, ISerializer } from '@opentelemetry/otlp-transformer'
import { readList } from '../environment-values.ts'
import type { ExportRequest } from './delivery.ts'
import { createOtlpGrpcDelegate } from './otlp-grpc.ts'
import { OtlpHttpTransport } from './otlp-http-transport.ts'
import { type OtlpProtocol, type OtlpSignal, readOtlpProtocol } from './otlp-protocol.ts'

/** What OpenTelemetry's transformer has for each signal. */
interface Transformer<Items, Response> {
  readonly json: ISerializer<Items, Response>
  readonly protobuf: ISerializer<Items, Response>
  readonly metricsHelper: IExporterMetricsHelper<Items>
}

/** OTLP of one signal, as `OTEL_EXPORTER_OTLP_*` say. */
export class Otlp<Items, Response> {
  readonly #signal: OtlpSignal
  readonly #protocol: OtlpProtocol
  readonly #serializer: ISerializer<Items, Response>
  readonly #metricsHelper: IExporterMetricsHelper<Items>

  constructor(signal: OtlpSignal, { json, protobuf, metricsHelper }: Transformer<Items, Response>) {
    this.#signal = signal
    this.#protocol = readOtlpProtocol(signal)
    this.#serializer = this.#protocol === 'http/json' ? json : protobuf
    this.#metricsHelper = metricsHelper
    checkHeaders(signal)
  }

  createExporter(): OTLPExporterBase<Items> {
    return new OTLPExporterBase(
      this.#protocol === 'grpc'
        ? createOtlpGrpcDelegate(this.#signal, this.#serializer, this.#metricsHelper)
        : this.#createHttpDelegate(),
    )
  }

  #createHttpDelegate(): IOtlpExportDelegate<Items> {
    const transport = new OtlpHttpTransport(this.#signal, this.#protocol)
    const metrics = new ExporterMetrics({
      componentType: '',
      metricsHelper: this.#metricsHelper,
      url: transport.options.url,
      meterProvider: { getMeter: () => createNoopMeter() },
      responseAttributesFromError: () => ({}),
    })
    return createOtlpNetworkExportDelegate(transport.options, this.#serializer, metrics, transport)
  }

  /** One export request, for somebody else to deliver. */
  serialize(items: Items): ExportRequest[] {
    const body = this.#serializer.serializeRequest(items)
    return body === undefined ? [] : [{ signal: this.#signal, protocol: this.#protocol, body }]
  }
}

/**
 * OpenTelemetry silently ignores headers it doesn't understand. The warning doesn't repeat them: they may hold a key.
 */
function checkHeaders(signal: OtlpSignal): void {
  for (const name of [`OTEL_EXPORTER_OTLP_${signal}_HEADERS`, 'OTEL_EXPORTER_OTLP_HEADERS']) {
    if (readList(name)?.every((item) => /^[^=]+=./.test(item)) === false)
      diag.warn(`${name} has an entry that is not a name=value pair: ignored`)
  }
}
