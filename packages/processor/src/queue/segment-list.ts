import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { listSegmentFiles, Segment } from './segment.ts'

/** The segment files of a queue, the oldest first. The last one is written to. */
export class SegmentList {
  readonly all: Segment[] = []
  readonly #directory: string
  #newest = 0
  #removing: Promise<void> = Promise.resolve()

  constructor(directory: string) {
    this.#directory = directory
  }

  get active(): Segment {
    return this.all[this.all.length - 1] as Segment
  }

  /** All but the one that is written to. */
  get closed(): Segment[] {
    return this.all.slice(0, -1)
  }

  /** Bytes of complete records in all files. */
  get bytes(): number {
    return this.bytesFrom(0)
  }

  bytesFrom(number: number): number {
    return this.all.reduce((total, segment) => total + (segment.number < number ? 0 : segment.size), 0)
  }

  /** Opens the files of an earlier run, and starts a new one: nothing is appended to a file whose end may be damaged. */
  async recover(): Promise<void> {
    for (const fileName of await listSegmentFiles(this.#directory)) {
      const segment = await Segment.open(this.#directory, fileName)
      this.#newest = segment.number
      this.all.push(segment)
      if (segment.size === 0 && !segment.damaged) await this.#remove(this.all.pop() as Segment)
    }
    await this.roll()
  }

  async roll(): Promise<void> {
    this.all.push(await Segment.create(this.#directory, this.#newest + 1))
    this.#newest += 1
  }

  /** Takes the files before a number off the list at once, and soon off the disk. Damaged ones are moved aside. */
  removeBefore(number: number, onError: (error: Error) => void): void {
    const kept = this.all.findIndex((segment) => segment === this.active || segment.number >= number)
    if (kept === 0) return
    const passed = this.all.splice(0, kept)
    this.#removing = this.#removing.then(async () => {
      for (const segment of passed) await this.#remove(segment).catch(onError)
    })
  }

  /** Resolves once the files that were taken off the list are off the disk. */
  removed(): Promise<void> {
    return this.#removing
  }

  async close(): Promise<void> {
    await this.#removing
    for (const segment of this.all) await segment.file.close()
  }

  async #remove(segment: Segment): Promise<void> {
    await segment.file.close()
    if (!segment.damaged) return rm(segment.path, { force: true })
    const aside = join(this.#directory, 'corrupt')
    await mkdir(aside, { recursive: true, mode: 0o700 })
    await rename(segment.path, join(aside, basename(segment.path)))
  }
}
