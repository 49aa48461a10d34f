import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, noBrowser, type Visit, visit } from './browser.ts'
import { servePage } from './page-tests.ts'
import { OCTOBER, plantedCalls } from './planted-calls.ts'
import type { SpendPage } from './spend-page.ts'

const IN_OCTOBER = `since=${OCTOBER.since}&until=${OCTOBER.until}`

/** Ignored by git. */
const SCREENSHOTS = join(import.meta.dirname, '../../test-results/web')

/** Of the coding agent, with many calls. */
const DEAREST_TRACE = plantedCalls().find(
  ({ role, business }) => role === 'ancestor' && business.feature === 'code-assistant',
)!.traceId

const VIEWS: Record<string, string> = {
  feature: `?${IN_OCTOBER}`,
  tenant: `?by=tenant&${IN_OCTOBER}`,
  team: `?by=team&${IN_OCTOBER}`,
  model: `?by=model&${IN_OCTOBER}`,
  provider: `?by=provider&${IN_OCTOBER}`,
  endpoint: `?by=endpoint&${IN_OCTOBER}`,
  'feature-filtered': `?by=model&${IN_OCTOBER}&where=feature:faq-bot&where=tenant:globex`,
  organization: `?view=drilldown&by=organization&${IN_OCTOBER}`,
  owner: `?view=drilldown&by=owner&${IN_OCTOBER}&where=organization:northwind&where=application:support-desk&where=feature:faq-bot`,
  workflows: `?view=workflows&by=workflow&${IN_OCTOBER}`,
  tokens: `?view=tokens&${IN_OCTOBER}`,
  cache: `?view=cache&${IN_OCTOBER}`,
  waste: `?view=waste&${IN_OCTOBER}`,
  latency: `?view=latency&by=model&${IN_OCTOBER}`,
  margin: `?view=margin&by=tenant&${IN_OCTOBER}`,
  quality: `?view=quality&${IN_OCTOBER}`,
  traces: `?view=traces&${IN_OCTOBER}`,
  empty: '?since=2020-01-01&until=2020-02-01',
  trace: `?view=trace&trace=${DEAREST_TRACE}`,
  error: '?view=trace&trace=00000000000000000000000000000000',
}

const LOOKS: Record<string, BrowserContextOptions> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
}

/** Titled, nothing under way, every chart drawn. */
const SETTLED = `document.querySelector('h1') !== null && !document.querySelector('[aria-busy=true]') &&
  [...document.querySelectorAll('.trend-plot')].every((plot) => plot.querySelector('canvas'))`

/** A 404 is an answer here; Chromium writes each one to the console all the same. */
const isExpected = (complaint: string): boolean => complaint.includes('404 (Not Found)')

describe.skipIf(noBrowser)('every view', () => {
  let server: SpendPage
  let browser: Browser

  servePage(
    () => [plantedCalls()],
    (served) => {
      ;({ server, browser } = served)
    },
  )

  describe.each(Object.keys(LOOKS))('in %s', (look) => {
    let visitor: Visit

    beforeAll(async () => {
      visitor = await visit(browser, server.address, LOOKS[look])
    })
    afterAll(async () => {
      await visitor?.close()
    })

    it.each(Object.keys(VIEWS))('%s fits, and neither browser nor axe complains', async (name) => {
      const { page, complaints } = visitor
      await page.goto(`${server.address}/${VIEWS[name]}`)
      await expect.poll(() => page.evaluate(SETTLED), { timeout: 10_000 }).toBe(true)
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.${look}.png`), fullPage: true })
      expect(await axeViolations(page)).toEqual([])
      expect(complaints.splice(0).filter((complaint) => !isExpected(complaint))).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    })
  })
})
