/** One setting of an exporter that can't work as it is. */
interface ExporterProblem {
  readonly key: string
  readonly message: string
}

const SIGNAL_PATH = /\/v1\/(traces|metrics|logs)\/*$/

/**
 * What the form of each setting allows, and what would lose everything sent all the same.
 *
 * @param nameOf a setting, to who reads the message: the key of a file, or the variable of an environment
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
      message: `${nameOf('endpoint')} ends in /v1/${signal}, which is added to it: leave that out, or name the whole URL as ${nameOf(`${signal}_endpoint`)}`,
    })
  }
  if (protocol === 'grpc' && compression === 'zstd') {
    problems.push({ key: 'compression', message: '"zstd" is not for grpc; use gzip or none' })
  }
  return problems
}
