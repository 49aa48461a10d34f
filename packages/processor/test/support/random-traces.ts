/** Builds ExportTraceServiceRequests that are valid but as odd as the wire format allows. */
export class RandomTraces {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 1
  }

  /** A whole number from 0 to `limit` - 1 (xorshift: the same seed gives the same message). */
  below(limit: number): number {
    this.#state ^= this.#state << 13
    this.#state ^= this.#state >>> 17
    this.#state ^= this.#state << 5
    return (this.#state >>> 0) % limit
  }

  chance(oneIn: number): boolean {
    return this.below(oneIn) === 0
  }

  request(): Buffer {
    return this.#message([
      ...this.#times(3, () => this.#field(1, 2, this.#resourceSpans())),
      ...this.#unknown([1]),
    ])
  }

  #resourceSpans(): Buffer {
    return this.#message([
      ...this.#times(2, () => this.#field(1, 2, this.#resource())),
      ...this.#times(3, () => this.#field(2, 2, this.#scopeSpans())),
      ...this.#unknown([1, 2]),
    ])
  }

  #resource(): Buffer {
    return this.#message([
      ...this.#times(3, () => this.#field(1, 2, this.#keyValue())),
      ...this.#unknown([1]),
    ])
  }

  #scopeSpans(): Buffer {
    return this.#message([
      ...this.#times(2, () => this.#field(1, 2, this.#message([this.#field(1, 2, Buffer.from('scope'))]))),
      ...this.#times(4, () => this.#field(2, 2, this.#span())),
      ...this.#unknown([1, 2]),
    ])
  }

  #span(): Buffer {
    return this.#message([
      ...this.#times(2, () => this.#field(1, 2, this.#bytes(this.chance(8) ? 0 : 16))),
      ...this.#times(2, () => this.#field(2, 2, this.#bytes(8))),
      ...this.#times(2, () => this.#field(4, 2, this.#bytes(8))),
      ...this.#times(2, () => this.#field(5, 2, Buffer.from('näme'))),
      ...this.#times(2, () => this.#field(7, 1, this.#bytes(8))),
      ...this.#times(8, () => this.#field(9, 2, this.#keyValue())),
      ...this.#times(2, () => this.#field(11, 2, this.#message([this.#field(3, 2, this.#keyValue())]))),
      ...this.#times(2, () => this.#field(15, 2, this.#message([this.#field(3, 0, Buffer.from([2]))]))),
      ...this.#unknown([1, 2, 4, 9, 11, 15]),
    ])
  }

  #keyValue(): Buffer {
    const keys = [
      'gen_ai.request.model',
      'http.route',
      'gen_ai.usage.input_tokens',
      'gen_ai.prompt.7.content',
      'llm.input_messages.12.message.role',
      'replaced',
      'llm.model_name',
      'k',
      '',
    ]
    return this.#message([
      ...this.#times(
        this.chance(10) ? 3 : 1,
        () => this.#field(1, 2, Buffer.from(keys[this.below(keys.length)]!)),
        1,
      ),
      ...this.#times(2, () => this.#field(2, 2, this.#anyValue())),
      ...this.#unknown([1, 2]),
    ])
  }

  #anyValue(): Buffer {
    const members = [
      () => this.#field(1, 2, Buffer.from('x'.repeat(this.below(200)))),
      () => this.#field(2, 0, Buffer.from([1])),
      () => this.#field(3, 0, this.#varint(this.below(1 << 30))),
      () => this.#field(4, 1, this.#bytes(8)),
      () => this.#field(7, 2, this.#bytes(this.below(5))),
      () => this.#field(5, 2, this.#message([this.#field(1, 2, Buffer.alloc(0))])),
    ]
    return this.#message([
      ...this.#times(3, () => members[this.below(members.length)]!()),
      ...this.#unknown([1, 2, 3, 4, 5, 6, 7]),
    ])
  }

  #times(limit: number, make: () => Buffer, least = 0): Buffer[] {
    return Array.from({ length: Math.max(least, this.below(limit + 1)) }, make)
  }

  /** Unknown fields of every wire type, and known numbers with the wrong one. */
  #unknown(known: readonly number[]): Buffer[] {
    if (!this.chance(3)) return []
    return this.#times(3, () => {
      const number = this.chance(3) ? known[this.below(known.length)]! : 100 + this.below(100_000)
      const isKnown = known.includes(number)
      switch (this.below(5)) {
        case 0:
          return isKnown ? Buffer.alloc(0) : this.#field(number, 0, this.#varint(this.below(1 << 30)))
        case 1:
          return isKnown ? Buffer.alloc(0) : this.#field(number, 1, this.#bytes(8))
        case 2:
          return this.#field(number, 5, this.#bytes(4))
        case 3:
          return this.#group(number, this.below(4))
        default:
          return isKnown ? Buffer.alloc(0) : this.#field(number, 2, this.#bytes(this.below(300)))
      }
    })
  }

  #group(number: number, depth: number): Buffer {
    const inner = depth === 0 ? this.#field(3, 2, this.#bytes(4)) : this.#group(number + 1, depth - 1)
    return Buffer.concat([this.#varint((number << 3) | 3), inner, this.#varint((number << 3) | 4)])
  }

  /** Fields in random order. */
  #message(fields: Buffer[]): Buffer {
    for (let index = fields.length - 1; index > 0; index--) {
      const other = this.below(index + 1)
      ;[fields[index], fields[other]] = [fields[other]!, fields[index]!]
    }
    return Buffer.concat(fields)
  }

  #field(number: number, wireType: number, content: Buffer): Buffer {
    const length = wireType === 2 ? this.#varint(content.length) : Buffer.alloc(0)
    return Buffer.concat([this.#varint((number << 3) | wireType), length, content])
  }

  /** Sometimes longer than it need be. */
  #varint(value: number): Buffer {
    const bytes: number[] = []
    let rest = value
    while (rest >= 0x80) {
      bytes.push((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    bytes.push(rest)
    if (this.chance(12) && bytes.length < 5) {
      bytes[bytes.length - 1]! |= 0x80
      bytes.push(0)
    }
    return Buffer.from(bytes)
  }

  #bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)))
  }
}
