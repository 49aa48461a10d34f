import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { type Document, LineCounter, parseDocument } from 'yaml'
import { exporterProblems } from './check-exporters.ts'
import { expandEnvironment, preferText } from './environment-references.ts'
import { keyOffset, nodeAt, offsetAt } from './node-position.ts'
import { describeSchemaError, relevantErrors } from './schema-errors.ts'
import { UNIT_KEYWORDS } from './schema-keywords.ts'
import schema from './spanmeter.schema.json' with { type: 'json' }

/** A mistake in a configuration file, and where it is. */
interface ConfigProblem {
  /** From 1. */
  readonly line: number
  readonly column: number
  readonly message: string
}

/** The configuration can't be used. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'

  /** An error that lists every problem with its line. */
  static inFile(source: string, problems: readonly ConfigProblem[]): ConfigError {
    return new ConfigError(
      problems.map(({ line, column, message }) => `${source}:${line}:${column}: ${message}`).join('\n'),
    )
  }
}

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The content of a file that has been checked, with the schema's names and without defaults. */
export type ConfigFile = Record<string, unknown>

const validate = new Ajv2020({
  allErrors: true,
  verbose: true,
  strictTypes: false,
  formats: { uri: (text) => URL.canParse(text) },
  keywords: UNIT_KEYWORDS,
}).compile(schema)

/**
 * Parses YAML, expands `${env:NAME}` and checks the result against the schema.
 *
 * @param source name of the file, for messages.
 * @throws ConfigError with every problem found.
 */
export function parseConfigFile(text: string, source: string, environment: Environment): ConfigFile {
  const lines = new LineCounter()
  const document = parse(text, lines, source)
  const at = (offset: number, message: string): ConfigProblem => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col, message }
  }
  const problems = document.errors.map(({ pos, code, message }) =>
    at(
      pos[0],
      code === 'MULTIPLE_DOCS' ? 'a second YAML document begins here; a file may have only one' : message,
    ),
  )
  if (problems.length > 0) throw ConfigError.inFile(source, dedupe(problems))

  const expanded = expandEnvironment(document, environment)
  for (const { offset, message } of expanded.problems) problems.push(at(offset, message))
  const unset = new Set(expanded.problems.map(({ offset }) => offset))
  const report = (offset: number, message: string): void => {
    // Other problems of a value whose variable is not set only follow from that.
    if (!unset.has(offset)) problems.push(at(offset, message))
  }
  const read = (): ConfigFile => toContent(document, (message) => new ConfigError(`${source}: ${message}`))
  let content = read()
  const isValid = validate(content)
  if (!isValid && preferText(expanded.texts, nodesOf(document, validate.errors))) content = read()
  if (!validate(content)) {
    for (const error of relevantErrors(validate.errors ?? []))
      report(offsetOf(document, error), describeSchemaError(error))
  }
  for (const { path, message } of [
    ...repeatedNames(content),
    ...wrongExporters(content),
    ...watchesNothing(content),
  ]) {
    report(offsetAt(document, path), message)
  }
  if (problems.length > 0) throw ConfigError.inFile(source, dedupe(problems))
  return content
}

function parse(text: string, lines: LineCounter, source: string): Document.Parsed {
  try {
    return parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  } catch (error) {
    // The parser calls itself for each level, until the stack is full.
    if (!(error instanceof RangeError)) throw error
    throw new ConfigError(`${source}: is nested too deeply`)
  }
}

/** A parsed document can still be wrong in its aliases, which may multiply or contain themselves. */
function toContent(document: Document, fail: (message: string) => ConfigError): ConfigFile {
  try {
    return withoutEmptySections(document.toJS() ?? {})
  } catch (error) {
    throw fail((error as Error).message)
  }
}

/** A section with nothing but comments in it is treated as if it were left out. */
function withoutEmptySections(content: ConfigFile): ConfigFile {
  if (typeof content !== 'object' || Array.isArray(content)) return content
  return Object.fromEntries(
    Object.entries(content).filter(([name, section]) => section !== null || !(name in schema.properties)),
  )
}

interface PathProblem {
  readonly path: (string | number)[]
  readonly message: string
}

/** Names have to be unique: an exporter has its cursor, dead letters and counters under its name, a budget its gauges. */
function repeatedNames(content: ConfigFile): PathProblem[] {
  return ['exporters', 'budgets'].flatMap((section) => {
    const names = itemsOf(content[section]).map((item) => item?.name)
    return names.flatMap((name, index) =>
      typeof name === 'string' && names.indexOf(name) < index
        ? [
            {
              path: [section, index, 'name'],
              message: `another ${section.slice(0, -1)} is named "${name}" too`,
            },
          ]
        : [],
    )
  })
}

function wrongExporters({ exporters }: ConfigFile): PathProblem[] {
  return itemsOf(exporters).flatMap((exporter, index) =>
    exporterProblems(exporter ?? {}).map(({ key, message }) => ({
      path: ['exporters', index, key],
      message,
    })),
  )
}

/** Budgets and alerts without a ledger, which would have no effect. */
function watchesNothing(content: ConfigFile): PathProblem[] {
  if (content.ledger !== false) return []
  return ['budgets', 'alerts']
    .filter((section) => content[section] !== undefined)
    .map((section) => ({
      path: [section],
      message: `"${section}" need the ledger, which "ledger: false" switches off`,
    }))
}

function itemsOf(section: unknown): (Record<string, unknown> | null)[] {
  return Array.isArray(section) ? section : []
}

function nodesOf(document: Document, errors: readonly ErrorObject[] | null | undefined): unknown[] {
  return (errors ?? []).map(({ instancePath }) => nodeAt(document, pathOf(instancePath)))
}

function offsetOf(document: Document, { instancePath, keyword, params }: ErrorObject): number {
  const path = pathOf(instancePath)
  const key = keyword === 'additionalProperties' ? params.additionalProperty : params.propertyName
  return (key === undefined ? undefined : keyOffset(document, path, key)) ?? offsetAt(document, path)
}

/** The path that a JSON pointer stands for. */
function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function dedupe(problems: readonly ConfigProblem[]): ConfigProblem[] {
  const seen = new Map(
    problems.map((problem) => [`${problem.line}:${problem.column}:${problem.message}`, problem]),
  )
  return [...seen.values()].sort((a, b) => a.line - b.line || a.column - b.column)
}
