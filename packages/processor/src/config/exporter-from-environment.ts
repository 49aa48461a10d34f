import { SIGNALS } from '../signals.ts'
import { exporterProblems } from './check-exporters.ts'
import { ConfigError, type Environment } from './config-file.ts'

const PROTOCOLS = ['http/protobuf', 'http/json', 'grpc']

/**
 * The exporter that the standard variables describe, with the names of the configuration file.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 * @returns `undefined` if no endpoint is set.
 * @throws ConfigError
 */
export function exporterFromEnvironment(environment: Environment): Record<string, unknown> | undefined {
  const variable = (name: string): string | undefined =>
    environment[`OTEL_EXPORTER_OTLP_${name}`]?.trim() || undefined
  // The exporter sends all three signals; settings for traces go first, as traces matter most here.
  const read = (name: string): string | undefined => variable(`TRACES_${name}`) ?? variable(name)
  const endpoint = variable('ENDPOINT') ?? variable('TRACES_ENDPOINT')?.replace(/\/v1\/traces\/?$/, '')
  if (endpoint === undefined) return undefined
  for (const name of ['ENDPOINT', 'TRACES_ENDPOINT', 'METRICS_ENDPOINT', 'LOGS_ENDPOINT']) {
    const url = variable(name)
    if (url === undefined || (/^https?:\/\//.test(url) && URL.canParse(url))) continue
    throw invalid(name, url, 'an http:// or https:// URL')
  }
  const protocol = read('PROTOCOL') ?? 'http/protobuf'
  if (!PROTOCOLS.includes(protocol)) throw invalid('PROTOCOL', protocol, PROTOCOLS.join(', '))
  const compression = read('COMPRESSION') ?? 'none'
  if (!['none', 'gzip'].includes(compression)) throw invalid('COMPRESSION', compression, 'none, gzip')
  const timeout = read('TIMEOUT') ?? '10000'
  if (!/^0*[1-9]\d*$/.test(timeout)) throw invalid('TIMEOUT', timeout, 'a number of milliseconds, not 0')

  const signalEndpoints = SIGNALS.flatMap((signal) => {
    const value = variable(`${signal.toUpperCase()}_ENDPOINT`)
    return value === undefined ? [] : [[`${signal}_endpoint`, value]]
  })
  const tls = Object.fromEntries(
    [
      ['ca_file', read('CERTIFICATE')],
      ['cert_file', read('CLIENT_CERTIFICATE')],
      ['key_file', read('CLIENT_KEY')],
    ].filter(([, value]) => value !== undefined),
  )
  const exporter = {
    name: 'otlp',
    endpoint,
    protocol,
    compression,
    timeout: `${timeout}ms`,
    headers: parseHeaders(read('HEADERS') ?? ''),
    tls,
    ...Object.fromEntries(signalEndpoints),
  }
  const [problem] = exporterProblems(exporter, (key) => `OTEL_EXPORTER_OTLP_${key.toUpperCase()}`)
  if (problem !== undefined) throw new ConfigError(problem.message)
  return exporter
}

/** `key1=value1,key2=value2`, percent-encoded, as W3C baggage without properties. */
function parseHeaders(list: string): Record<string, string> {
  const pairs = list.split(',').filter((pair) => pair.trim() !== '')
  return Object.fromEntries(
    pairs.map((pair) => {
      const separator = pair.indexOf('=')
      if (separator < 1) throw invalid('HEADERS', pair.trim(), 'name=value, separated by commas')
      return [decode(pair.slice(0, separator)), decode(pair.slice(separator + 1))]
    }),
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.trim())
  } catch {
    return text.trim()
  }
}

function invalid(name: string, value: string, expected: string): ConfigError {
  return new ConfigError(`OTEL_EXPORTER_OTLP_${name}: "${value}" is not valid; expected ${expected}`)
}
