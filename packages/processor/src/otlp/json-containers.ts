import type { JsonReader } from './json-reader.ts'
import { jsonAttributes } from './json-value.ts'
import { ContainerColumn, type Rows, type SpanTable } from './span-table.ts'
import type { ResourceView } from './types.ts'

/** What spans share: their resource and their scope. The one read last is kept, for spans come in order. */
export class JsonContainers {
  readonly #reader: JsonReader
  readonly #table: SpanTable
  #resourceRow = -1
  #resource: ResourceView = { attributes: new Map() }
  #scopeRow = -1
  #scope = { name: '', version: '' }

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
      const { attributes } = this.#readMember(this.#table.resources, row, 'resource')
      this.#resource = { attributes: jsonAttributes(attributes) }
    }
    return this.#resource
  }

  scope(row: number): { readonly name: string; readonly version: string } {
    if (row !== this.#scopeRow) {
      this.#scopeRow = row
      const { name, version } = this.#readMember(this.#table.scopes, row, 'scope')
      this.#scope = { name: asText(name), version: asText(version) }
    }
    return this.#scope
  }

  /** An object member of a ResourceSpans or ScopeSpans, parsed; of a repeated member the last, as JSON has it. */
  #readMember(rows: Rows, row: number, member: string): Record<string, unknown> {
    const reader = this.#reader
    let found: unknown
    reader.seek(rows.get(row, ContainerColumn.start))
    if (reader.openObject()) {
      do {
        reader.name()
        const isFound = reader.text() === member
        reader.peek()
        const start = reader.position
        reader.skipValue()
        if (isFound) found = reader.parse(start, reader.position)
      } while (reader.moreMembers())
    }
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {}
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
