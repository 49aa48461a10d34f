/** Protobuf's scalar types, and `id`: bytes that JSON writes in hex instead of base64. */
export type ScalarType =
  | 'string'
  | 'bytes'
  | 'id'
  | 'bool'
  | 'int32'
  | 'uint32'
  | 'sint32'
  | 'int64'
  | 'uint64'
  | 'fixed32'
  | 'fixed64'
  | 'sfixed64'
  | 'double'

export interface Field {
  readonly number: number
  /** Its name in JSON. */
  readonly name: string
  readonly type: ScalarType | MessageType
  readonly repeated: boolean
  /** Member of a oneof, or optional: written even if it has its type's default value. */
  readonly explicit: boolean
  /** Member of its message's oneof, of which the last member counts. No message here has two oneofs. */
  readonly oneof: boolean
  /** Of an enumeration: what its values are called, from 0 on. JSON must have the numbers, but some senders write names. */
  readonly names?: readonly string[]
}

/** A message's fields, by number and by JSON name. */
export class MessageType {
  readonly byNumber: Map<number, Field> = new Map()
  readonly byName: Map<string, Field> = new Map()

  /** Adds a field. A message that contains itself gets its fields after it is made. */
  field(number: number, name: string, type: ScalarType | MessageType): this {
    return this.#add({ number, name, type, repeated: false, explicit: false, oneof: false })
  }

  enumeration(number: number, name: string, names: readonly string[]): this {
    return this.#add({ number, name, type: 'int32', repeated: false, explicit: false, oneof: false, names })
  }

  repeated(number: number, name: string, type: ScalarType | MessageType): this {
    return this.#add({ number, name, type, repeated: true, explicit: false, oneof: false })
  }

  explicit(number: number, name: string, type: ScalarType | MessageType): this {
    return this.#add({ number, name, type, repeated: false, explicit: true, oneof: false })
  }

  oneof(number: number, name: string, type: ScalarType | MessageType): this {
    return this.#add({ number, name, type, repeated: false, explicit: true, oneof: true })
  }

  #add(field: Field): this {
    this.byNumber.set(field.number, field)
    this.byName.set(field.name, field)
    return this
  }
}
