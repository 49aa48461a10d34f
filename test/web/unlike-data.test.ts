import type { LedgerSpan } from '@spanmeter/ledger'
import type { Browser, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { call } from '../../packages/ledger/test/span.ts'
import { axeViolations, noBrowser, type Visit, visit } from './browser.ts'
import { visitEachTime } from './page-tests.ts'
import type { SpendPage } from './spend-page.ts'

const LAST_WEEK = '2026-10-01T12:00:00Z'
const THIS_WEEK = '2026-10-08T12:00:00Z'
const WEEK = 'since=2026-10-08&until=2026-10-15'

/** As features of users are named, by hand, by machines, and by those who mean no good. */
const NAMES: Record<string, string> = {
  'a/b?c=d&e#f': 'a/b?c=d&e#f',
  'per%20cent, "quoted"': 'per%20cent, "quoted"',
  'a:b:c': 'a:b:c',
  '<img src=x onerror=alert(1)>': '<img src=x onerror=alert(1)>',
  'עברית 12': 'עברית 12',
  'team 👩‍👩‍👧': 'team 👩‍👩‍👧',
  Case: 'Case',
  case: 'case',
  null: 'null',
  __proto: '__proto',
  untagged: 'untagged',
  'all others': 'all others',
  ' ': '" "',
  'ends blank ': '"ends blank "',
  'two\nlines': 'two\\nlines',
}

function* unlikeCalls(): Generator<LedgerSpan[]> {
  const names = Object.keys(NAMES)
  yield names.map((feature, index) =>
    call({ at: THIS_WEEK, cost: `0.0${index + 10}`, business: { feature, team: 'names' } }),
  )
  yield [call({ at: THIS_WEEK, cost: '0.5', business: { team: 'names' } })]
  yield [
    call({ at: THIS_WEEK, cost: '0', business: { feature: 'free', team: 'odd' } }),
    call({ at: THIS_WEEK, unpriced: 'unknown_model', business: { feature: 'unpriced', team: 'odd' } }),
    call({ at: THIS_WEEK, cost: '0.0000004', business: { feature: 'tiny', team: 'odd' } }),
  ]
  yield Array.from({ length: 300 }, (_, index) =>
    call({
      at: THIS_WEEK,
      cost: `${1000 - index}`,
      business: { feature: 'x', team: 'many', tenant: `tenant-${index}` },
    }),
  )
  yield Array.from({ length: 1001 }, (_, index) =>
    call({ at: THIS_WEEK, cost: '1', business: { feature: 'x', team: 'thousand', tenant: `t-${index}` } }),
  )
  yield [
    call({ at: '2026-11-01T12:00:00Z', cost: '1', business: { feature: 'november', tenant: 'Acme, Inc.' } }),
  ]
  yield [call({ at: LAST_WEEK, cost: '5000', business: { team: 'many', tenant: 'left-us' } })]
}

describe.skipIf(noBrowser)('the page with data unlike any example', () => {
  let server: SpendPage
  let browser: Browser
  let visitor: Visit
  let page: Page

  visitEachTime(unlikeCalls, (visiting, served) => {
    ;({ server, browser } = served)
    visitor = visiting
    page = visitor.page
  })

  const open = async (search: string): Promise<void> => {
    await page.goto(`${server.address}/?${search.includes('since=') ? '' : `${WEEK}&`}${search}`)
    await page.locator('tbody th').first().waitFor()
  }
  const names = (): Promise<string[]> => page.locator('tbody th .row-label').allTextContents()
  const cells = (name: string): Promise<string[]> =>
    page.getByRole('row', { name }).locator('td').allTextContents()

  const fact = (name: string): Promise<string | null> =>
    page.locator('.facts > div', { hasText: name }).locator('dd').textContent()

  it('names everything so that it can be seen, clicked, and is what is filtered by', async () => {
    await open('where=team:names&limit=1000')
    expect((await names()).toSorted()).toEqual(['No feature', ...Object.values(NAMES)].toSorted())
    expect(await axeViolations(page)).toEqual([])
    for (const [index, [feature, shown]] of Object.entries(NAMES).entries()) {
      await page.locator('tbody th').getByRole('link', { name: shown, exact: true }).click()
      await expect.poll(() => page.locator('.total').textContent()).toBe(`$0.0${index + 10}0`)
      expect(new URL(page.url()).searchParams.getAll('where')).toEqual(['team:names', `feature:${feature}`])
      await page.goBack()
      await page.getByRole('rowheader', { name: 'No feature' }).waitFor()
    }
    expect(visitor.complaints).toEqual([])
  })

  it('fills the strip of the whole however little that is', async () => {
    await open('where=feature:tiny')
    const strip = (await page.locator('.composition').boundingBox())!
    const part = (await page.locator('.composition > span').boundingBox())!
    expect(part.width).toBeCloseTo(strip.width, 0)
  })

  it('calls new what costs something now and did not before, and nothing else', async () => {
    await open('where=team:odd')
    expect((await cells('tiny')).slice(2, 4)).toEqual(['▲ +$0.000000400', 'new'])
    expect((await cells('free')).slice(2, 4)).toEqual([' $0.00', '–'])
    expect((await cells('unpriced')).slice(2, 4)).toEqual(['–', '–'])
  })

  it('says what went where nothing is spent any more', async () => {
    await open('by=tenant&where=tenant:left-us')
    expect(await page.locator('.total').textContent()).toBe('$0.00')
    expect(await fact('Per call')).toBe('–')
    expect((await cells('left-us')).slice(0, 6)).toEqual(['$0.00', '–', '▼ −$5,000.00', '−100.0%', '0', '–'])
    expect(visitor.complaints).toEqual([])
  })

  it('says what changed most where no row on the screen does', async () => {
    await open('by=tenant&where=team:many')
    expect(await names()).not.toContain('left-us')
    const movers = page.locator('.movers li')
    await movers.first().waitFor()
    expect(await movers.count()).toBe(6)
    expect(await movers.first().textContent()).toBe('left-us▼ −$5,000.00 −100.0%')
  })

  it('gives all rows as CSV, those that the page leaves out too', async () => {
    await open('by=tenant&where=team:many')
    expect(await names()).toHaveLength(25)
    const address = await page.getByRole('link', { name: 'CSV' }).getAttribute('href')
    const csv = await fetch(new URL(address!, server.address))
    expect((await csv.text()).trim().split('\r\n')).toHaveLength(1 + 301)
  })

  it('offers no more rows than it can draw', async () => {
    await open('by=tenant&where=team:thousand')
    await page.getByRole('link', { name: '976 more' }).click()
    await page.getByText('1 more, in the CSV').waitFor()
    expect(await page.getByRole('link', { name: /more/ }).count()).toBe(0)
    await open('view=traces&where=team:thousand')
    await page.getByRole('link', { name: 'Show more' }).click()
    await page.getByText('1 more come to $1.00.').waitFor()
    expect(await page.getByRole('link', { name: 'Show more' }).count()).toBe(0)
  })

  it('compares nothing with the time before the ledger began', async () => {
    await page.goto(`${server.address}/?since=2026-09-28&until=2026-10-05&by=tenant`)
    await page.getByText('nothing to compare with: the ledger begins on 1 Oct, 12:00').waitFor()
    await page.locator('.trend canvas').waitFor()
    expect(await page.getByRole('columnheader', { name: 'Change' }).count()).toBe(0)
    expect(await page.getByText(/days before/).count()).toBe(0)
    expect(await page.getByRole('heading', { name: 'What changed' }).count()).toBe(0)
  })

  it('shows nothing of the period before in a view that is not compared with it', async () => {
    await page.goto(`${server.address}/?${WEEK}&view=tokens&by=tenant&where=tenant:left-us`)
    await page.getByRole('heading', { name: 'No call matches these filters' }).waitFor()
    await page.goto(`${server.address}/?${WEEK}&view=waste&by=tenant&where=tenant:left-us`)
    await page.getByRole('heading', { name: 'No call matches these filters' }).waitFor()
  })

  it('has the hours of UTC below the chart, also on a day that is longer where the visitor is', async () => {
    const visitor = await visit(browser, server.address, { timezoneId: 'America/New_York' })
    await visitor.page.addInitScript(`
      window.written = []
      const { fillText } = CanvasRenderingContext2D.prototype
      CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        written.push({ text, x })
        return fillText.call(this, text, x, y)
      }`)
    await visitor.page.goto(`${server.address}/?since=2026-11-01&until=2026-11-02&compare=off`)
    await visitor.page.locator('.trend canvas').waitFor()
    const hours = async (): Promise<{ text: string; x: number }[]> => {
      const written = (await visitor.page.evaluate('written')) as { text: string; x: number }[]
      return written.filter(({ text }) => /^\d\d:\d\d$/.test(text)).slice(-12)
    }
    const evenHours = Array.from({ length: 12 }, (_, index) => `${String(index * 2).padStart(2, '0')}:00`)
    await expect.poll(async () => (await hours()).map(({ text }) => text)).toEqual(evenHours)
    const places = (await hours()).map(({ x }) => x)
    const gaps = places.slice(1).map((x, index) => x - places[index]!)
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(2)
    await visitor.close()
  })

  it('leads from a bar of a month to all of its days', async () => {
    await open('since=2021-01-01&until=2026-11-01&where=team:many')
    const plot = page.locator('.trend .u-over')
    const { width, height } = (await plot.boundingBox())!
    await plot.click({ position: { x: width - 4, y: height - 8 } })
    await page.getByRole('heading', { name: 'Most expensive traces' }).waitFor()
    expect(new URL(page.url()).search).toContain(
      'since=2026-10-01T00%3A00%3A00.000Z&until=2026-11-01T00%3A00%3A00.000Z',
    )
  })

  it('shows a name with a comma in it as one among those of a trace', async () => {
    await open('since=2026-11-01&until=2026-11-02&view=traces')
    expect(await page.locator('td.names').allInnerTexts()).toEqual(['november', 'gpt-5', 'Acme, Inc.'])
  })

  it('says what it is grouped by even if no call has such a key', async () => {
    await open('by=nonsense')
    await page.getByLabel('Group by').getByRole('option', { name: 'Tenant' }).waitFor({ state: 'attached' })
    const grouped = page.getByLabel('Group by').locator('option:checked')
    expect(await grouped.textContent()).toBe('nonsense')
  })

  it('draws no chart and no bar of what is unknown', async () => {
    await open('view=traces&where=feature:unpriced')
    expect(await page.locator('tbody .bar').count()).toBe(0)
    await open('where=feature:unpriced')
    await page.getByText('Nothing to draw').waitFor()
    expect(await fact('Per call')).toBe('unknown')
    expect(await page.locator('.quality-note').textContent()).toBe('1 call unpriced')
    await page.getByLabel('Measure').selectOption('calls')
    await page.locator('.trend canvas').waitFor()
  })

  it('finds a value to filter by among more than the list holds', async () => {
    await open('where=team:many')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByLabel('Dimension').selectOption('tenant')
    await page.getByLabel('Value', { exact: true }).fill('NANT-299')
    await page.getByRole('link', { name: 'tenant-299' }).press('Enter')
    await expect.poll(() => page.locator('.total').textContent()).toBe('$701.00')
  })

  it('leaves the keyboard where it was when a filter comes or goes', async () => {
    await open('where=team:many')
    const focused = (): Promise<string | null> => page.locator(':focus').textContent()
    await page.getByRole('button', { name: 'Filter' }).press('Enter')
    await page.getByLabel('Dimension').selectOption('tenant')
    await page.getByRole('link', { name: 'tenant-7 ', exact: false }).first().press('Enter')
    await page.getByRole('link', { name: 'Remove filter tenant tenant-7' }).waitFor()
    expect(await focused()).toContain('Filter')
    await page.getByRole('link', { name: 'Remove filter tenant tenant-7' }).press('Enter')
    await expect.poll(focused).toContain('Filter')
    await page.getByRole('button', { name: 'Filter' }).press('Enter')
    await page.getByLabel('Dimension').waitFor()
    await page.getByRole('link', { name: 'Traces', exact: true }).focus()
    await page.getByLabel('Dimension').waitFor({ state: 'detached' })
  })

  it('offers the days of a part of a day as a range that is one', async () => {
    await page.goto(`${server.address}/?since=2026-10-08T11:00&until=2026-10-08T13:00:00Z`)
    await page.getByRole('button', { name: /^8 Oct.* 11:00 – 8 Oct.* 13:00/ }).click()
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect.poll(() => new URL(page.url()).search).toBe('?since=2026-10-08&until=2026-10-09')
  })

  it('leads from a problem of the data to the calls that have it', async () => {
    await open('view=quality')
    await page.getByText('No price list has this model.').waitFor()
    await page.getByRole('link', { name: 'unknown_model' }).click()
    await page.getByRole('heading', { name: 'Spend by model' }).waitFor()
    expect(await page.locator('.facts dd').first().textContent()).toBe('1')
  })
})
