/** Makes broken messages out of valid ones. The same seed gives the same messages. */
export class Mutator {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 1
  }

  /** One to eight changes to one of the seeds. */
  mutate(seeds: readonly Buffer[]): Buffer {
    let bytes = this.#pick(seeds)
    const changes = 1 + this.#below(8)
    for (let change = 0; change < changes; change += 1) bytes = this.#change(bytes, seeds)
    return bytes
  }

  #change(bytes: Buffer, seeds: readonly Buffer[]): Buffer {
    const start = this.#below(bytes.byteLength + 1)
    const end = Math.min(bytes.byteLength, start + 1 + this.#below(40))
    const replaceBy = (...middle: Buffer[]) =>
      Buffer.concat([bytes.subarray(0, start), ...middle, bytes.subarray(end)])
    switch (this.#below(9)) {
      case 0:
        return replaceBy(Buffer.from([this.#below(256)]))
      case 1:
        return bytes.subarray(0, start)
      case 2:
        return replaceBy()
      case 3:
        return replaceBy(bytes.subarray(start, end), bytes.subarray(start, end))
      case 4:
        return replaceBy(this.#pick(HOSTILE))
      case 5:
        return Buffer.concat([bytes.subarray(0, start), this.#pick(HOSTILE), bytes.subarray(start)])
      case 6: {
        const other = this.#pick(seeds)
        const from = this.#below(other.byteLength + 1)
        return replaceBy(other.subarray(from, from + this.#below(200)))
      }
      case 7:
        return replaceBy(...Array.from({ length: 1 + this.#below(300) }, () => bytes.subarray(start, end)))
      default: {
        const flipped = Buffer.from(bytes)
        if (start < flipped.byteLength) flipped[start] = (flipped[start] as number) ^ (1 << this.#below(8))
        return flipped
      }
    }
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T
  }

  /** xorshift */
  #below(limit: number): number {
    this.#state ^= this.#state << 13
    this.#state ^= this.#state >>> 17
    this.#state ^= this.#state << 5
    return (this.#state >>> 0) % limit
  }
}

/** Lengths that lie, groups that never end, numbers at their limits, JSON that nests and escapes. */
const HOSTILE: readonly Buffer[] = [
  ...['0affffffff07', '0affffffffffffffffff01', '0a808080808000', '12ffffffff0f', 'ffffffffffffffffffff01'],
  ...['0b0b0b0b', '0c', '00', '4a00', '5a00', '0a04', '07', 'f8ffffff0f01', '80'.repeat(11), 'ff'.repeat(9)],
]
  .map((hex) => Buffer.from(hex, 'hex'))
  .concat(
    ...[
      [
        '[',
        '{',
        '{"a":',
        '[[[[[[[[',
        '"',
        '\\',
        '\\u',
        '\\ud800',
        '\\u0000',
        '}',
        ']',
        ',',
        ':',
        'null',
        'NaN',
      ],
      [
        '-',
        '1e999',
        '-1e-999',
        '9223372036854775808',
        '"9223372036854775808"',
        '0x10',
        '1'.repeat(400),
        'true',
      ],
      [
        '"__proto__":{}',
        '"resourceSpans":',
        '"spans":[{}]',
        '"kvlistValue":{"values":[',
        '"arrayValue":null,',
      ],
      ['\ufeff', '\r\n\r\n', '\u0000', '\u2028', '\udfff'],
    ].map((texts) => texts.map((text) => Buffer.from(text))),
  )
