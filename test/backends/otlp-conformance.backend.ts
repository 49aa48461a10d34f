import { describe, expect, test } from 'vitest'
import { CLIENT_RULES } from '../conformance/client-rules.ts'
import { SERVER_RULES } from '../conformance/server-rules.ts'
import {
  startCollector,
  startSpanmeter,
  type Target,
  type TargetOptions,
} from '../conformance/support/targets.ts'

/** Each starts a service of its own. */
const AT_ONCE = 3

type Start = (options?: TargetOptions) => Promise<Target>

interface Row {
  readonly id: string
  readonly level: string
  readonly requirement: string
}

/** Which rules a service keeps, in their order. */
async function keptBy(start: Start): Promise<boolean[]> {
  const target = await start()
  const servers: boolean[] = []
  for (const { check } of SERVER_RULES) servers.push(await holds(() => check(target)))
  await target.close()
  const clients: boolean[] = []
  for (let first = 0; first < CLIENT_RULES.length; first += AT_ONCE) {
    const group = CLIENT_RULES.slice(first, first + AT_ONCE)
    clients.push(...(await Promise.all(group.map(({ check }) => holds(() => check(start))))))
  }
  return [...servers, ...clients]
}

/** What fails is asked once more: a busy machine must not put its delays into the table. */
async function holds(check: () => Promise<void>): Promise<boolean> {
  return (await passes(check)) || (await passes(check))
}

function passes(check: () => Promise<void>): Promise<boolean> {
  return check().then(
    () => true,
    () => false,
  )
}

function table(rows: readonly Row[], ours: readonly boolean[], theirs: readonly boolean[]): string {
  const mark = (kept: boolean | undefined): string => (kept === true ? 'yes' : '**no**')
  const lines = rows.map(
    ({ id, level, requirement }, index) =>
      `| ${id} | ${level} | ${requirement} | ${mark(ours[index])} | ${mark(theirs[index])} |`,
  )
  return ['| | | rule | spanmeter | Collector |', '|---|---|---|---|---|', ...lines].join('\n')
}

describe('the rules of OTLP', () => {
  test('are all kept by spanmeter, and the table says by whom else', async () => {
    const rows = [...SERVER_RULES, ...CLIENT_RULES]
    const ours = await keptBy(startSpanmeter)
    const theirs = await keptBy(startCollector)
    expect(rows.filter((_row, index) => !ours[index])).toEqual([])
    const servers = SERVER_RULES.length
    const page = `# OTLP, rule by rule

What the [specification](https://opentelemetry.io/docs/specs/otlp/) demands, run against Spanmeter and against the
OpenTelemetry Collector by the same tests: \`npm run backends:install && npm run test:backends\` (\`-u\` writes this page).
Numbered by section: S servers, J the JSON mapping, G gRPC framing, C clients. Both with the limits they have by default: 64 MiB
here, 20 MiB over HTTP and 4 MiB over gRPC there.

## As a server

${table(SERVER_RULES, ours.slice(0, servers), theirs.slice(0, servers))}

## As a client

${table(CLIENT_RULES, ours.slice(servers), theirs.slice(servers))}
`
    await expect(page).toMatchFileSnapshot('../../docs/otlp-conformance.md')
  }, 600_000)
})
