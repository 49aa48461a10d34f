/**
 * How long until the page says what was spent, on a ledger of a million calls:
 *
 *     node --conditions=@spanmeter/source test/web/first-paint.ts [calls] [visits]
 *
 * Each visit is a new visitor with an empty cache, and sees the last 30 days by feature, compared with the 30 before.
 */
import type { LedgerSpan } from '@spanmeter/ledger'
import type { Browser } from 'playwright-core'
import { launchBrowser, noBrowser } from './browser.ts'
import { buildSpendPage } from './build-page.ts'
import { startSpendPage } from './spend-page.ts'

const BATCH = 20_000
const DAYS = 60
const MODELS = ['claude-sonnet-4-5', 'claude-haiku-4-5', 'gpt-5.1', 'gpt-5.1-mini', 'gemini-3-flash']

function call(index: number, from: number): LedgerSpan {
  const started =
    BigInt(Math.round(from + ((index * 7919) % 1_000_003) * ((DAYS * 86_400_000) / 1_000_003))) * 1_000_000n
  const model = MODELS[index % MODELS.length]!
  const amount = `0.00${1000 + ((index * 31) % 8999)}`
  return {
    traceId: (Math.floor(index / 3) + 1).toString(16).padStart(32, '0'),
    spanId: (index + 1).toString(16).padStart(16, '0'),
    name: `chat ${model}`,
    startUnixNano: started,
    endUnixNano: started + BigInt(200 + (index % 4000)) * 1_000_000n,
    status: 'unset',
    operation: 'chat',
    provider: model.startsWith('gpt') ? 'openai' : 'anthropic',
    requestModel: model,
    responseModel: model,
    role: 'own',
    usage: {
      inputTokens: 1000 + (index % 5000),
      outputTokens: 100 + (index % 700),
      cacheReadTokens: index % 900,
    },
    cost: { amount, components: { input: amount }, source: 'list', price: `${model}@2026-06-01` },
    business: {
      ...(index % 50 > 0 && { feature: `feature-${(index * 13) % 24}` }),
      tenant: `tenant-${(index * 17) % 500}`,
      team: `team-${(index * 5) % 8}`,
    },
  }
}

function* batches(calls: number): Generator<LedgerSpan[]> {
  const from = Date.now() - DAYS * 86_400_000
  for (let start = 0; start < calls; start += BATCH) {
    const size = Math.min(BATCH, calls - start)
    yield Array.from({ length: size }, (_, offset) => call(start + offset, from))
  }
}

/** Milliseconds from the start of a navigation. */
interface Times {
  /** The first paint of anything. */
  first: number
  /** The frame that shows the total. */
  total: number
  /** The frame that shows the chart. */
  chart: number
  /** What of it the ledger took to answer. */
  answer: number
}

async function visitOnce(browser: Browser, address: string): Promise<Times> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 } })
  const page = await context.newPage()
  await page.addInitScript(`
    window.seen = {}
    const note = (name) => requestAnimationFrame(() => setTimeout(() => { window.seen[name] ??= performance.now() }))
    new MutationObserver(() => {
      if (document.querySelector('.total')) note('total')
      if (document.querySelector('.trend canvas')) note('chart')
    }).observe(document, { childList: true, subtree: true })
  `)
  await page.goto(`${address}/?since=30d`)
  await page.locator('.trend canvas').waitFor()
  while (!(await page.evaluate('window.seen.chart')))
    await page.evaluate('new Promise(requestAnimationFrame)')
  const times = await page.evaluate(`({
    ...window.seen,
    first: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    answer: performance.getEntriesByType('resource').find(({ name }) => name.includes('views/spend')).duration,
  })`)
  await context.close()
  return times as Times
}

if (noBrowser) throw new Error(noBrowser)
const calls = Number(process.argv[2] ?? 1_000_000)
const visits = Number(process.argv[3] ?? 7)
await buildSpendPage()
const server = await startSpendPage(batches(calls))
const browser = await launchBrowser()
for (let index = 0; index < visits; index++) {
  const times = Object.entries(await visitOnce(browser, server.address))
  console.log(
    `visit ${index + 1}: ${times.map(([name, time]) => `${name} ${time.toFixed(0)} ms`).join(', ')}`,
  )
}
await browser.close()
await server.close()
