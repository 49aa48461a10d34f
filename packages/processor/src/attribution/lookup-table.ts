import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { parse } from 'yaml'
import { parseCsv } from './csv.ts'
import { AttributionError } from './errors.ts'

/** Rows by the value of one business key; each row's other columns become business keys. */
export interface LookupTable {
  /** The business key by which rows are found. */
  readonly on: string
  readonly rows: ReadonlyMap<string, Readonly<Record<string, string>>>
}

/**
 * Reads a look-up table: CSV with a header, or YAML or JSON that is a list of records or a map from key to record.
 * Throws an AttributionError that names the file and says what is wrong with it.
 */
export function loadLookupTable(file: string, on: string): LookupTable {
  try {
    const text = readFileSync(file, 'utf8')
    const records =
      extname(file).toLowerCase() === '.csv' ? csvRecords(text, on) : yamlRecords(parse(text), on)
    return { on, rows: indexRecords(records, on) }
  } catch (error) {
    throw new AttributionError(`look-up file ${file}: ${error instanceof Error ? error.message : error}`)
  }
}

type Entry = Readonly<Record<string, unknown>>

function csvRecords(text: string, on: string): Entry[] {
  const [header, ...rows] = parseCsv(text)
  if (header === undefined) throw new Error('is empty; a header line is needed')
  if (!header.includes(on)) {
    throw new Error(
      `has no column "${on}", the key to join by; its header is ${JSON.stringify(header.join(','))}`,
    )
  }
  const twice = header.find((column, position) => column !== '' && header.indexOf(column) < position)
  if (twice !== undefined) throw new Error(`has two columns "${twice}"`)
  return rows.map((row, index) => {
    // A file that is just being written ends like this.
    if (row.length !== header.length) {
      throw new Error(`record ${index + 1} has ${row.length} fields; the header has ${header.length} columns`)
    }
    return Object.fromEntries(header.map((column, position) => [column, row[position]]))
  })
}

function yamlRecords(content: unknown, on: string): Entry[] {
  if (Array.isArray(content)) return content.map(expectEntry)
  return Object.entries(expectEntry(content)).map(([key, entry]) => ({ ...expectEntry(entry), [on]: key }))
}

function expectEntry(value: unknown): Entry {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('must be a list of records, or a map from key to record')
  }
  return value as Entry
}

function indexRecords(records: readonly Entry[], on: string): Map<string, Record<string, string>> {
  const rows = new Map<string, Record<string, string>>()
  for (const [index, record] of records.entries()) {
    const { [on]: key, ...others } = record
    if (key === undefined || key === '')
      throw new Error(`record ${index + 1} has no "${on}", the key to join by`)
    if (rows.has(String(key))) throw new Error(`"${key}" is there twice`)
    const row: Record<string, string> = {}
    for (const [column, value] of Object.entries(others)) {
      if (column !== '' && value !== null && value !== '') row[column] = String(value)
    }
    rows.set(String(key), row)
  }
  return rows
}
