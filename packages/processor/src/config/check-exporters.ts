/** A setting of an exporter that can't work. */
interface ExporterProblem {
  readonly key: string
  readonly message: string
}

const SIGNAL_PATH = /\/v1\/(traces|metrics|logs)\/*$/

/**
 * Problems that the schema doesn't find, as each setting is valid by itself, but that would lose everything that is sent.
 *
 * @param nameOf how the user calls a setting: by its key in the file, or by its environment variable
 */
export function exporterProblems(
  exporter: Readonly<Record<string, unknown>>,
  nameOf = (key: string): string => `"${key}"`,
): ExporterProblem[] {
  const problems: ExporterProblem[] = []
  const { endpoint, protocol, compression } = exporter
  const path = typeof endpoint === 'string' && URL.canParse(endpoint) ? new URL(endpoint).pathname : ''
  const [, signal] = SIGNAL_PATH.exec(path) ?? []
  if (signal !== undefined && protocol !== 'grpc') {
    problems.push({
      key: 'endpoint',
      message: `${nameOf('endpoint')} ends in /v1/${signal}, which is appended anyway: leave that out, or set the whole URL as ${nameOf(`${signal}_endpoint`)}`,
    })
  }
  if (protocol === 'grpc' && compression === 'zstd') {
    problems.push({ key: 'compression', message: '"zstd" is not for grpc; use gzip or none' })
  }
  return problems
}
