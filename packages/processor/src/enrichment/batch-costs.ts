/** Costs of one batch's spans, by row, in 10^-12 USD. Plain numbers, used again for each batch. */
export class BatchCosts {
  /** Rows of the priced spans, in the order in which they were priced. */
  readonly pricedRows: number[] = []
  /** Rows of the spans that stand above priced ones, in no order. */
  readonly rowsAbove: number[] = []
  #own = new Float64Array(1024)
  #inclusive = new Float64Array(1024)

  /** Forgets the batch before. */
  begin(rowCount: number): void {
    this.pricedRows.length = 0
    this.rowsAbove.length = 0
    // What one huge batch has grown is given back after it.
    if (this.#own.length < rowCount || this.#own.length > Math.max(65_536, rowCount * 16)) {
      const capacity = Math.max(1024, 2 ** Math.ceil(Math.log2(rowCount)))
      this.#own = new Float64Array(capacity)
      this.#inclusive = new Float64Array(capacity)
    }
    this.#own.fill(Number.NaN, 0, rowCount)
    this.#inclusive.fill(Number.NaN, 0, rowCount)
  }

  price(row: number, units: number): void {
    this.#own[row] = units
    this.pricedRows.push(row)
  }

  /** What the span itself cost; `undefined` where it has no price. */
  own(row: number): number | undefined {
    const units = this.#own[row]!
    return Number.isNaN(units) ? undefined : units
  }

  setInclusive(row: number, units: number): void {
    this.#inclusive[row] = units
    this.rowsAbove.push(row)
  }

  /** What all calls beneath the span cost; `undefined` where none of them is priced. */
  inclusive(row: number): number | undefined {
    const units = this.#inclusive[row]!
    return Number.isNaN(units) ? undefined : units
  }
}
