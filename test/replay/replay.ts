/**
 * Replays recorded traffic of LLM APIs through the instrumentation as an app loads it, in every mode, and judges the
 * spans: `npm run replay [-- --filter <regexp over id>]`. Ends with 1 where anything is below the bar.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { areThere, recordings } from './exchanges.ts'
import { openTraceSink } from './trace-sink.ts'

interface Mode {
  readonly name: string
  readonly options: readonly string[]
  /** The original host is gone: who the provider is can't be told. */
  readonly withoutHost?: boolean
  /** The app doesn't read the answer to its end: of a stream, the span says what was seen until then. */
  readonly unread?: boolean
}

const READS = ['text', 'json', 'stream', 'clone', 'buffer'].map(
  (read): Mode => ({ name: `fetch, read as ${read}`, options: ['--read', read] }),
)

const MODES: readonly Mode[] = [
  { name: 'fetch', options: [] },
  { name: 'fetch, split', options: ['--split'] },
  { name: 'fetch, 16 at once', options: ['--concurrency', '16'] },
  ...READS,
  { name: 'fetch, cancelled', options: ['--read', 'cancel'], unread: true },
  { name: 'fetch, not read', options: ['--read', 'ignore'], unread: true },
  { name: 'http', options: ['--http'] },
  { name: 'http, split', options: ['--http', '--split'] },
  { name: 'fetch, behind a gateway', options: ['--prefix'], withoutHost: true },
  { name: 'fetch, behind a gateway, split', options: ['--prefix', '--split'], withoutHost: true },
  { name: 'http, behind a gateway', options: ['--http', '--prefix'], withoutHost: true },
]

/** The columns of the judge's report. */
interface Tally {
  n: number
  exact: number
  lenient: number
  zero_omitted: number
}

interface Report {
  presence: { wanted: number; present: number; unwanted_present: number }
  dup: number
  fields: Record<string, Tally>
  failures: { id: string; field: string; want: unknown; got?: unknown; kind?: string }[]
}

interface Result {
  readonly mode: Mode
  readonly report: Report
  readonly faults: Report['failures']
  /** Exchanges that the app saw differently than without the instrumentation. */
  readonly disturbed: number
}

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))

async function replay(mode: Mode, filter: readonly string[]): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'spanmeter-replay-'))
  const sink = await openTraceSink()
  try {
    const manifest = join(folder, 'manifest.jsonl')
    const { stdout } = await run(
      process.execPath,
      [
        ...['--conditions=@spanmeter/source', '--require', '@spanmeter/instrumentation/register'],
        ...[`${recordings}replay-fetch.mjs`, '--manifest', manifest, '--exit', ...mode.options, ...filter],
      ],
      { cwd: root, env: { ...process.env, ...sink.environment }, maxBuffer: 1 << 26 },
    )
    const sent = JSON.parse(stdout.trim().split('\n').at(-1)!)
    const spans = join(folder, 'spans.json')
    const json = join(folder, 'report.json')
    await writeFile(spans, JSON.stringify(sink.exports))
    await run(process.execPath, [
      `${recordings}judge.mjs`,
      '--spans',
      spans,
      '--manifest',
      manifest,
      '--json',
      json,
    ])
    const report: Report = JSON.parse(await readFile(json, 'utf8'))
    const faults = report.failures.filter((failure) => isFault(mode, failure))
    return {
      mode,
      report,
      faults,
      disturbed: sent.answered_differently + sent.request_body_changed_on_the_way,
    }
  } finally {
    await sink.close()
    await rm(folder, { recursive: true })
  }
}

/** What the request alone tells, and what can't change while an answer goes on. */
const KNOWN_AT_ONCE = ['span', 'provider', 'operation', 'request_model', 'response_model', 'error_type']

function isFault({ withoutHost, unread }: Mode, { field, kind }: Report['failures'][number]): boolean {
  if (withoutHost && field === 'provider') return false
  return !unread || (KNOWN_AT_ONCE.includes(field) && kind !== 'missing')
}

function print({ mode, report, faults, disturbed }: Result): void {
  const { presence, fields, dup } = report
  console.log(
    `\n${mode.name}: ${presence.present}/${presence.wanted} spans, ${presence.unwanted_present} too many, ${dup} double`,
  )
  for (const [field, tally] of Object.entries(fields)) {
    const right = tally.exact + tally.lenient + tally.zero_omitted
    console.log(`  ${field.padEnd(20)} ${right}/${tally.n}`)
  }
  for (const { id, field, want, got } of faults.slice(0, 20)) {
    console.log(`  wrong: ${id} ${field}: wanted ${JSON.stringify(want)}, got ${JSON.stringify(got)}`)
  }
  if (disturbed > 0) console.log(`  disturbed: ${disturbed} exchanges`)
}

function isAtTheBar({ report, faults, disturbed }: Result): boolean {
  return faults.length === 0 && disturbed === 0 && report.dup === 0
}

if (!areThere) {
  console.log(`replay: skipped, there are no recordings at ${recordings}`)
} else {
  const only = process.argv.indexOf('--mode')
  const modes = only === -1 ? MODES : MODES.filter(({ name }) => name === process.argv[only + 1])
  const filter = process.argv.indexOf('--filter')
  const results: Result[] = []
  for (const mode of modes) {
    const result = await replay(mode, filter === -1 ? [] : process.argv.slice(filter, filter + 2))
    print(result)
    results.push(result)
  }
  const below = results.filter((result) => !isAtTheBar(result))
  console.log(`\n${results.length - below.length} passed, ${below.length} failed`)
  if (below.length > 0) process.exitCode = 1
}
