import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import { closest } from './closest.ts'
import schema from './spanmeter.schema.json' with { type: 'json' }

/** One thing that is wrong with a configuration file. */
export interface ConfigProblem {
  /** From 1. */
  readonly line: number
  readonly column: number
  readonly message: string
}

/** The configuration can't be used; every problem has its line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly ConfigProblem[]

  constructor(source: string, problems: readonly ConfigProblem[]) {
    super(problems.map(({ line, column, message }) => `${source}:${line}:${column}: ${message}`).join('\n'))
    this.problems = problems
  }
}

/** A file that has been checked: the schema's words, nothing filled in yet. */
export type ConfigFile = Record<string, unknown>

const validate = new Ajv2020({ allErrors: true, verbose: true, strictTypes: false }).compile(schema)

/**
 * Parses YAML, expands `${env:NAME}` and checks the result against the schema.
 *
 * @param source name of the file, for messages.
 * @throws ConfigError with every problem found.
 */
export function parseConfigFile(
  text: string,
  source: string,
  environment: Readonly<Record<string, string | undefined>>,
): ConfigFile {
  const lines = new LineCounter()
  const document = parse(text, lines, source)
  const at = (offset: number, message: string): ConfigProblem => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col, message }
  }
  const problems = document.errors.map(({ pos, message }) => at(pos[0], message))
  if (problems.length > 0) throw new ConfigError(source, problems)

  for (const { offset, message } of expandEnvironment(document, environment))
    problems.push(at(offset, message))
  const content = toContent(document, (message) => new ConfigError(source, [at(0, message)]))
  if (!validate(content)) {
    for (const error of relevant(validate.errors ?? []))
      problems.push(at(offsetOf(document, error), describe(error)))
  }
  for (const { offset, message } of repeatedNames(document)) problems.push(at(offset, message))
  if (problems.length > 0) throw new ConfigError(source, dedupe(problems))
  return content as ConfigFile
}

function parse(text: string, lines: LineCounter, source: string): Document.Parsed {
  try {
    return parseDocument(text, { lineCounter: lines, prettyErrors: false })
  } catch (error) {
    // The parser calls itself for each level.
    if (!(error instanceof RangeError)) throw error
    throw new ConfigError(source, [{ line: 1, column: 1, message: 'is nested too deeply' }])
  }
}

/** Aliases are where a document that was parsed can still be wrong: they may multiply, or contain themselves. */
function toContent(document: Document, fail: (message: string) => ConfigError): unknown {
  try {
    return document.toJS() ?? {}
  } catch (error) {
    throw fail((error as Error).message)
  }
}

const REFERENCE = /\$\{(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g

/** `${env:NAME}` and `${env:NAME:-default}`, as in the Collector; `$$` is a dollar sign. */
function expandEnvironment(
  document: Document,
  environment: Readonly<Record<string, string | undefined>>,
): { offset: number; message: string }[] {
  const problems: { offset: number; message: string }[] = []
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string' || !node.value.includes('$')) return
      const isWhole = node.value.replace(REFERENCE, '') === ''
      const expanded = node.value.replace(REFERENCE, (_reference, name: string, fallback?: string) => {
        const value = environment[name] ?? fallback
        if (value === undefined) {
          problems.push({ offset: node.range?.[0] ?? 0, message: `environment variable ${name} is not set` })
        }
        return value ?? ''
      })
      const text = expanded.replaceAll('$$', '$')
      // A value that is nothing but a reference may stand for a number or a boolean.
      node.value = isWhole && node.type === 'PLAIN' ? (parseDocument(text).toJS() ?? '') : text
    },
  })
  return problems
}

/** Each exporter has a cursor, dead letters and books under its name: no two may share them. */
function repeatedNames(document: Document): { offset: number; message: string }[] {
  const exporters = document.get('exporters')
  const names = isSeq(exporters) ? exporters.items.map((item) => isMap(item) && item.get('name', true)) : []
  const scalars = names.filter((name) => isScalar(name))
  return scalars
    .filter((name, index) => scalars.findIndex(({ value }) => value === name.value) < index)
    .map(({ value, range }) => ({
      offset: range?.[0] ?? 0,
      message: `another exporter is named "${value}" too`,
    }))
}

/** Of an `anyOf` that failed in every branch, keeps what the branch meant by the author says. */
function relevant(errors: readonly ErrorObject[]): ErrorObject[] {
  const alternatives = errors.filter(({ keyword }) => keyword === 'anyOf')
  return errors.filter((error) => {
    if (error.keyword === 'anyOf') {
      return !errors.some(
        (other) =>
          other.instancePath.startsWith(`${error.instancePath}/`) ||
          (other.keyword === 'additionalProperties' && other.instancePath === error.instancePath),
      )
    }
    if (!['type', 'const', 'pattern', 'minimum'].includes(error.keyword)) return true
    return !alternatives.some(({ instancePath }) => instancePath === error.instancePath)
  })
}

function offsetOf(document: Document, { instancePath, keyword, params }: ErrorObject): number {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  if (keyword === 'additionalProperties' && isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === params.additionalProperty)
    if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0
  }
  return (node as { range?: [number, number, number] } | undefined)?.range?.[0] ?? 0
}

function describe({
  keyword,
  params,
  parentSchema,
  message,
  instancePath,
  data,
  schema: rule,
}: ErrorObject): string {
  const name = instancePath.split('/').pop() ?? ''
  switch (keyword) {
    case 'additionalProperties': {
      const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {})
      const guess = closest(params.additionalProperty, known)
      const hint = guess === undefined ? `known here: ${known.join(', ')}` : `did you mean "${guess}"?`
      return `unknown key "${params.additionalProperty}"; ${hint}`
    }
    case 'required':
      return `"${params.missingProperty}" is missing`
    case 'enum': {
      const guess = closest(String(data), params.allowedValues.map(String))
      return `"${data}" is not one of ${params.allowedValues.join(', ')}${guess === undefined ? '' : `; did you mean "${guess}"?`}`
    }
    default: {
      const meaning = (parentSchema as { description?: string } | undefined)?.description
      return `"${name}": ${JSON.stringify(data)} ${meaning === undefined || keyword === 'type' ? (message ?? String(rule)) : `is not valid: ${meaning}`}`
    }
  }
}

function dedupe(problems: readonly ConfigProblem[]): ConfigProblem[] {
  const seen = new Map(
    problems.map((problem) => [`${problem.line}:${problem.column}:${problem.message}`, problem]),
  )
  return [...seen.values()].sort((a, b) => a.line - b.line || a.column - b.column)
}
