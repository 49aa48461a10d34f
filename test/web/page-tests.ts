import type { LedgerSpan } from '@spanmeter/ledger'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { launchBrowser, type Visit, visit } from './browser.ts'
import { type SpendPage, startSpendPage } from './spend-page.ts'

export interface Served {
  readonly server: SpendPage
  readonly browser: Browser
}

/** A page over these batches, and a browser, for all tests of a `describe`. */
export function servePage(
  batches: () => Iterable<readonly LedgerSpan[]>,
  onServed: (served: Served) => void,
): void {
  let served: Served | undefined
  beforeAll(async () => {
    served = { server: await startSpendPage(batches()), browser: await launchBrowser() }
    onServed(served)
  })
  afterAll(async () => {
    await served?.browser.close()
    await served?.server.close()
  })
}

/** The same, and a fresh visitor for each test. */
export function visitEachTime(
  batches: () => Iterable<readonly LedgerSpan[]>,
  onVisit: (visitor: Visit, served: Served) => void,
): void {
  let visitor: Visit | undefined
  let served: Served
  servePage(batches, (now) => {
    served = now
  })
  beforeEach(async () => {
    visitor = await visit(served.browser, served.server.address)
    onVisit(visitor, served)
  })
  afterEach(async () => {
    await visitor?.close()
  })
}
