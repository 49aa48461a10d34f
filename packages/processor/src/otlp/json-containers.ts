import type { JsonReader } from './json-reader.ts'
import { jsonAttributes } from './json-value.ts'
import { ContainerColumn, type Rows, type SpanTable } from './span-table.ts'
import type { ResourceView } from './types.ts'

/** The resources and scopes of spans. The one that was read last is kept, as spans are read in order. */
export class JsonContainers {
  readonly #reader: JsonReader
  readonly #table: SpanTable
  #resourceRow = -1
  #resource: ResourceView = { attributes: new Map() }
  #scopeRow = -1
  #scopeName = ''

  constructor(reader: JsonReader, table: SpanTable) {
    this.#reader = reader
    this.#table = table
  }

  newBatch(): void {
    this.#resourceRow = -1
    this.#scopeRow = -1
  }

  resource(row: number): ResourceView {
    if (row !== this.#resourceRow) {
      this.#resourceRow = row
      const { attributes } = this.#read(this.#table.resources, row)
      this.#resource = { attributes: jsonAttributes(attributes) }
    }
    return this.#resource
  }

  scopeName(row: number): string {
    if (row !== this.#scopeRow) {
      this.#scopeRow = row
      const { name } = this.#read(this.#table.scopes, row)
      this.#scopeName = typeof name === 'string' ? name : ''
    }
    return this.#scopeName
  }

  /** The parsed `resource` or `scope` of a row; if it is repeated, the last one, as `JSON.parse` does. */
  #read(rows: Rows, row: number): Record<string, unknown> {
    const reader = this.#reader
    const start = rows.get(row, ContainerColumn.lengthStart)
    if (start === -1) return {}
    reader.seek(start)
    reader.skipValue()
    const value = reader.parse(start, reader.position)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  }
}
