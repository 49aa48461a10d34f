import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeViolations, noBrowser, type Visit, visit } from './browser.ts'
import { visitEachTime } from './page-tests.ts'
import { OCTOBER, plantedCalls } from './planted-calls.ts'
import { type SpendPage, startSpendPage } from './spend-page.ts'

if (noBrowser) console.log(`test/web is skipped: ${noBrowser}`)

const IN_OCTOBER = `since=${OCTOBER.since}&until=${OCTOBER.until}`

describe.skipIf(noBrowser)('the spend page', () => {
  let server: SpendPage
  let browser: Browser
  let visitor: Visit
  let page: Page

  visitEachTime(
    () => [plantedCalls()],
    (visiting, served) => {
      ;({ server, browser } = served)
      visitor = visiting
      page = visitor.page
    },
  )

  const open = async (search: string): Promise<void> => {
    await page.goto(`${server.address}/${search}`)
    await page.locator('h1').waitFor()
  }
  const total = (): Promise<string | null> => page.locator('.total').textContent()
  const showsTotal = (amount: string): Promise<void> => expect.poll(total, { timeout: 10_000 }).toBe(amount)
  /** The address without its question mark, readable. */
  const asked = (): string => decodeURIComponent(new URL(page.url()).search.slice(1))
  const rowCells = async (name: string): Promise<string[]> => {
    const row = page.locator('tbody tr', { has: page.getByRole('rowheader', { name }) }).first()
    await row.waitFor()
    return row.locator('td').allTextContents()
  }
  const clickRow = (name: string): Promise<void> =>
    page.locator('tbody th').getByRole('link', { name, exact: true }).click()

  describe('shows what was planted', () => {
    it.each([
      'by=feature',
      'by=tenant',
      'by=team',
      'by=model',
      'by=provider',
      'by=endpoint',
      'view=workflows&by=workflow',
      'view=drilldown&by=organization',
      'view=traces',
    ])('%s comes to 47,293 dollars', async (search) => {
      await open(`?${search}&${IN_OCTOBER}`)
      await showsTotal('$47,293.00')
      expect(visitor.complaints).toEqual([])
    })

    it('each feature to the cent with share and change, the untagged among them', async () => {
      await open(`?${IN_OCTOBER}`)
      expect((await rowCells('faq-bot')).slice(0, 4)).toEqual([
        '$18,200.00',
        '38.5%',
        '▲ +$5,284.50',
        '+40.9%',
      ])
      expect((await rowCells('ticket-triage')).slice(0, 4)).toEqual([
        '$7,100.00',
        '15.0%',
        '▼ −$312.25',
        '−4.2%',
      ])
      expect((await rowCells('No feature')).slice(0, 4)).toEqual(['$801.00', '1.7%', '▲ +$801.00', 'new'])
      expect((await page.locator('tfoot .totals td').allTextContents()).slice(0, 2)).toEqual([
        '$47,293.00',
        '100.0%',
      ])
    })

    it('what is unknown as unknown, never as $0', async () => {
      await open(`?${IN_OCTOBER}`)
      await page.getByText('4 calls unpriced, so the cost is higher').click()
      expect(asked()).toContain('view=quality')
      const untagged = plantedCalls().filter(
        ({ role, business }) => role === 'own' && business.feature === undefined,
      )
      expect(await rowCells('unknown_model')).toEqual(['unknown', '4'])
      expect(await rowCells('feature')).toEqual(['$801.00', String(untagged.length)])
    })

    it('no cost of a run where nothing is run', async () => {
      await open(`?view=workflows&by=workflow&compare=off&${IN_OCTOBER}`)
      expect((await rowCells('No workflow')).slice(3, 6)).toEqual(['–', '–', '–'])
      expect((await rowCells('triage')).slice(3, 6)).toEqual(['500', '$14.20', '1.2'])
    })

    it('the change since the period before, and none when that is not asked for', async () => {
      await open(`?${IN_OCTOBER}`)
      expect(await page.locator('.delta').textContent()).toBe(
        '▲ +$8,172.50 +20.9%against $39,120.50 in the 31 days before',
      )
      await page.getByRole('button', { name: 'Compare' }).click()
      await page.locator('.delta').waitFor({ state: 'detached' })
      expect(asked()).toContain('compare=off')
      expect(await page.getByRole('heading', { name: 'What changed' }).count()).toBe(0)
    })

    it('every digit on demand', async () => {
      await open(`?by=model&${IN_OCTOBER}`)
      const shown = await page.locator('tbody td.primary').first().getAttribute('title')
      const response = await fetch(`${server.address}/api/v1/views/spend?by=model&${IN_OCTOBER}`)
      const { rows } = (await response.json()) as { rows: { cost: string }[] }
      expect(shown).toBe(`${rows[0]!.cost} USD`)
    })
  })

  describe('goes deeper by click', () => {
    it('from a feature to its models, and back with the back button', async () => {
      await open(`?${IN_OCTOBER}`)
      await clickRow('faq-bot')
      await showsTotal('$18,200.00')
      expect(asked()).toBe(`by=model&${IN_OCTOBER}&where=feature:faq-bot`)
      await expect.poll(() => page.title()).toBe('Spend by model · Spanmeter')
      await page.goBack()
      await showsTotal('$47,293.00')
      expect(asked()).toBe(IN_OCTOBER)
    })

    it('from the organization to the owner and what an outcome cost', async () => {
      await open(`?view=drilldown&by=organization&${IN_OCTOBER}`)
      await clickRow('northwind')
      await page.getByRole('rowheader', { name: 'support-desk' }).waitFor()
      expect((await rowCells('support-desk'))[0]).toBe('$28,400.00')
      expect((await rowCells('dev-tools'))[0]).toBe('$12,900.00')
      expect((await rowCells('back-office'))[0]).toBe('$5,993.00')
      await clickRow('support-desk')
      await showsTotal('$28,400.00')
      expect((await rowCells('faq-bot'))[0]).toBe('$18,200.00')
      expect((await rowCells('ticket-triage'))[0]).toBe('$7,100.00')
      expect((await rowCells('reply-draft'))[0]).toBe('$3,100.00')
      await clickRow('faq-bot')
      await showsTotal('$18,200.00')
      await expect
        .poll(async () => (await rowCells('maria')).slice(5, 7))
        .toEqual(['4,320 conversation_resolved', '$4.21'])
      await page
        .getByRole('navigation', { name: 'Organization, application' })
        .getByRole('link', { name: 'support-desk' })
        .click()
      await showsTotal('$28,400.00')
    })

    it('from any row to the traces behind it, and from a trace into the own backend', async () => {
      await open(`?${IN_OCTOBER}`)
      await page.getByRole('link', { name: 'Traces of reply-draft' }).click()
      await showsTotal('$3,100.00')
      const link = page.getByRole('link', { name: /^Open in your backend/ }).first()
      const trace = /[0-9a-f]{32}/.exec((await link.textContent())!)![0]
      expect(await link.getAttribute('href')).toBe(`http://127.0.0.1:16686/trace/${trace}`)
      await page.locator('tbody th a.row-name').first().click()
      await page.getByRole('region', { name: 'Spans' }).waitFor()
      expect(asked()).toContain(`trace=${trace}`)
      const [own, inclusive] = await rowCells('POST /v1/replies')
      expect(own).toBe('–')
      expect(inclusive).toBe(await total())
    })

    it('from a bar of the chart to the traces of its day', async () => {
      await open(`?view=workflows&by=workflow&${IN_OCTOBER}&where=feature:faq-bot`)
      const plot = page.locator('.trend .u-over')
      const { width, height } = (await plot.boundingBox())!
      await plot.click({ position: { x: (width * 8.4) / 31, y: height - 8 } })
      await page.getByRole('heading', { name: 'Most expensive traces' }).waitFor()
      expect(asked()).toBe(
        'view=traces&by=workflow&since=2026-10-09T00:00:00.000Z&until=2026-10-10T00:00:00.000Z&where=feature:faq-bot&where=workflow:support-conversation',
      )
    })

    it('into a shorter range by dragging over the chart', async () => {
      await open(`?${IN_OCTOBER}`)
      const plot = page.locator('.trend .u-over')
      const { x, y, width, height } = (await plot.boundingBox())!
      await page.mouse.move(x + (width * 4.5) / 31, y + height / 2)
      await page.mouse.down()
      await page.mouse.move(x + (width * 6.5) / 31, y + height / 2, { steps: 5 })
      await page.mouse.up()
      await expect.poll(asked).toBe('since=2026-10-05T00:00:00.000Z&until=2026-10-08T00:00:00.000Z')
    })
  })

  describe('keeps what was asked in the address', () => {
    it('the range', async () => {
      await open('')
      await page.getByRole('link', { name: 'All', exact: true }).click()
      await showsTotal('$86,413.50')
      expect(asked()).toBe('since=all')
      await page.getByRole('button', { name: 'Dates' }).click()
      await page.getByLabel('First day (UTC)').fill('2026-10-01')
      await page.getByLabel('Last day (UTC)').fill('2026-10-31')
      await page.getByRole('button', { name: 'Show', exact: true }).click()
      await showsTotal('$47,293.00')
      expect(asked()).toBe(IN_OCTOBER)
      await page.getByRole('button', { name: '1 Oct – 31 Oct' }).click()
      await page.getByLabel('First day (UTC)').fill('2026-10-31')
      await page.getByLabel('Last day (UTC)').fill('2026-10-30')
      await page.getByRole('button', { name: 'Show', exact: true }).click()
      await page.getByText('30 Oct 2026 – 31 Oct 2026, UTC').waitFor()
      expect(asked()).toBe('since=2026-10-30&until=2026-11-01')
    })

    it('filters, picked from the values there are, and taken away again', async () => {
      await open(`?${IN_OCTOBER}`)
      await page.getByRole('button', { name: 'Filter' }).click()
      await page.getByLabel('Dimension').selectOption('team')
      await page.getByLabel('Value', { exact: true }).fill('plat')
      await page.getByRole('link', { name: 'platform' }).click()
      await showsTotal('$12,900.00')
      expect(asked()).toBe(`${IN_OCTOBER}&where=team:platform`)
      await page.getByRole('link', { name: 'Remove filter team platform' }).click()
      await showsTotal('$47,293.00')
    })

    it('what the view is grouped by, and what the chart stacks', async () => {
      await open(`?${IN_OCTOBER}`)
      await page.getByLabel('Group by').selectOption('team')
      await page.getByRole('rowheader', { name: 'platform' }).waitFor()
      await page.getByLabel('Measure').selectOption('calls')
      await page.getByRole('heading', { name: 'Calls over time' }).waitFor()
      expect(asked()).toBe(`by=team&${IN_OCTOBER}&measure=calls`)
    })

    it('so that another person who opens it sees the same', async () => {
      await open(`?view=cache&by=tenant&${IN_OCTOBER}&where=feature:faq-bot`)
      await page.getByRole('heading', { name: 'Cache by tenant' }).waitFor()
      expect(await page.locator('.chip').textContent()).toContain('feature faq-bot')
    })
  })

  it('gives the rows as CSV', async () => {
    await open(`?${IN_OCTOBER}`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ])
    const [header, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
    const [key, cost] = ['key', 'cost'].map((name) => header!.split(',').indexOf(name))
    expect(lines.map((line) => [line.split(',')[key!], line.split(',')[cost!]])).toEqual([
      ['faq-bot', '18200'],
      ['code-assistant', '8650'],
      ['ticket-triage', '7100'],
      ['test-writer', '4250'],
      ['doc-summary', '3212'],
      ['reply-draft', '3100'],
      ['contract-check', '1980'],
      ['', '801'],
    ])
  })

  it('prints what was asked and what it comes to, and nothing to press', async () => {
    await open(`?${IN_OCTOBER}&where=team:platform`)
    await showsTotal('$12,900.00')
    const ink = (): Promise<string> => page.evaluate('getComputedStyle(document.documentElement).color')
    const onLight = await ink()
    await page.getByRole('button', { name: 'Colors: Auto' }).click()
    await page.getByRole('button', { name: 'Colors: Light' }).click()
    await expect.poll(ink).not.toBe(onLight)
    await page.emulateMedia({ media: 'print' })
    expect(await ink()).toBe(onLight)
    expect(await page.locator('.chip').isVisible()).toBe(true)
    expect(await page.getByRole('rowheader', { name: 'code-assistant' }).isVisible()).toBe(true)
    for (const control of await page.locator('button, select, nav a, [download]').all())
      expect(await control.isVisible()).toBe(false)
  })

  it('says the chart in numbers too', async () => {
    await open(`?by=application&${IN_OCTOBER}`)
    await page.getByText('Show as a table').click()
    expect(await axeViolations(page)).toEqual([])
    const totals = await page.locator('.as-table td.primary').allTextContents()
    expect(totals).toHaveLength(31)
    const cents = totals.reduce((sum, text) => sum + Math.round(Number(text.replace(/[$,]/g, '')) * 100), 0)
    expect(Math.abs(cents - 4_729_300)).toBeLessThanOrEqual(31)
  })

  describe('can be used by keyboard', () => {
    it('past the navigation, into a popover and out of it', async () => {
      await open(`?${IN_OCTOBER}`)
      await page.keyboard.press('Tab')
      expect(await page.locator(':focus').textContent()).toBe('Skip to the figures')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Tab')
      expect(await page.locator(':focus').getAttribute('title')).toBe('Last hour')
      await page.getByRole('button', { name: 'Filter' }).focus()
      await page.keyboard.press('Enter')
      await page.getByLabel('Dimension').waitFor()
      await page.keyboard.press('Escape')
      await page.getByLabel('Dimension').waitFor({ state: 'detached' })
      expect(await page.locator(':focus').textContent()).toContain('Filter')
    })

    it('without losing sight of it beneath the toolbar', async () => {
      await open(`?${IN_OCTOBER}`)
      await page.getByRole('link', { name: 'Traces of No feature' }).focus()
      const toolbar = (await page.locator('.toolbar').boundingBox())!
      const isInSight = async (): Promise<boolean> =>
        (await page.locator(':focus').boundingBox())!.y >= toolbar.height
      while ((await page.locator(':focus').getAttribute('aria-label')) !== 'Measure') {
        await page.keyboard.press('Shift+Tab')
        expect(await isInSight()).toBe(true)
      }
    })

    it('and starts at the title of the view that was opened', async () => {
      await open(`?${IN_OCTOBER}`)
      await page.getByRole('link', { name: 'Models' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Spend by model' }).waitFor()
      await expect.poll(() => page.locator(':focus').textContent()).toBe('Spend by model')
    })
  })

  it('opens its sheets within the width of a phone, and its menu by a button', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open(`?${IN_OCTOBER}`)
    await page.getByRole('button', { name: 'Filter' }).click()
    const sheet = (await page.locator('.popover-sheet').boundingBox())!
    expect([sheet.x >= 0, sheet.x + sheet.width <= 390]).toEqual([true, true])
    expect(await page.getByRole('link', { name: 'Cache' }).isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('link', { name: 'Cache' }).click()
    await page.getByRole('heading', { name: 'Cache by feature' }).waitFor()
    expect(await page.getByRole('link', { name: 'Models' }).isVisible()).toBe(false)
  })

  it('keeps the names of models whole on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open(`?view=traces&${IN_OCTOBER}`)
    const row = page.locator('tbody tr', { hasText: 'claude-sonnet-4-5' }).first()
    await row.waitFor()
    expect((await row.boundingBox())!.height).toBeLessThan(80)
  })

  it('remembers which colors were chosen', async () => {
    await open(`?${IN_OCTOBER}`)
    const ground = (): Promise<string> =>
      page.evaluate('getComputedStyle(document.documentElement).backgroundColor')
    const light = await ground()
    await page.getByRole('button', { name: 'Colors: Auto' }).click()
    await page.getByRole('button', { name: 'Colors: Light' }).click()
    await page.getByRole('button', { name: 'Colors: Dark' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    const dark = await ground()
    expect(dark).not.toBe(light)
    await page.reload()
    expect(await ground()).toBe(dark)
  })

  describe('when there is nothing to show', () => {
    it('leads from an empty range to where the calls are', async () => {
      await open('?since=2020-01-01&until=2020-02-01')
      await page.getByText('No calls in this range').waitFor()
      await page.getByRole('link', { name: 'Show the whole ledger' }).click()
      await page.locator('.total').waitFor()
      expect(asked()).toBe('since=all')
    })

    it('leads from filters that match nothing to none', async () => {
      await page.goto(`${server.address}/?${IN_OCTOBER}&where=feature:never-heard-of`)
      await page.getByText('No call matches these filters').waitFor()
      await page.getByRole('link', { name: 'Remove the filters' }).click()
      await showsTotal('$47,293.00')
    })

    it('tells a first-time user how to send calls, and shows them as they arrive', async () => {
      const empty = await startSpendPage([])
      const first = await visit(browser, empty.address, { viewport: { width: 360, height: 740 } })
      await first.page.goto(empty.address)
      await first.page.getByText('No LLM call has arrived yet').waitFor()
      expect(await axeViolations(first.page)).toEqual([])
      expect(await first.page.locator('pre').textContent()).toContain(
        '--require @spanmeter/instrumentation/register',
      )
      await empty.call(0.5)
      await first.page.locator('.total', { hasText: '$0.50' }).waitFor()
      await empty.call(0.1)
      await first.page.locator('.total', { hasText: '$0.60' }).waitFor()
      expect(first.complaints).toEqual([])
      await first.close()
      await empty.close()
    })
  })

  describe('when something is wrong', () => {
    it('keeps the last figures while the processor is away', async () => {
      const brief = await startSpendPage([plantedCalls()])
      const guest = await visit(browser, brief.address)
      await guest.page.goto(`${brief.address}/?${IN_OCTOBER}`)
      await guest.page.locator('.total', { hasText: '$47,293.00' }).waitFor()
      await brief.close()
      await guest.page.getByText('The processor does not answer.').waitFor()
      expect(await guest.page.locator('.total').textContent()).toBe('$47,293.00')
      await guest.close()
    })

    it('says that the visitor is not signed in any more, and asks no further', async () => {
      await page.clock.install()
      await open(`?${IN_OCTOBER}`)
      await showsTotal('$47,293.00')
      let refused = 0
      await page.route('**/api/**', (route) => {
        if (route.request().url().endsWith('/status')) refused++
        return route.fulfill({ status: 401, body: 'no valid credentials\n' })
      })
      await page.clock.runFor(6000)
      await page.getByRole('status').getByText('Not signed in.').waitFor()
      await page.clock.runFor(60_000)
      expect(refused).toBe(1)
      await showsTotal('$47,293.00')
      await page.getByRole('link', { name: 'Models' }).click()
      await page.getByRole('alert').getByText('with the credentials').waitFor()
    })

    it('asks a slow processor one thing at a time whether there is news', async () => {
      await page.clock.install()
      await open(`?${IN_OCTOBER}`)
      await showsTotal('$47,293.00')
      let asked = 0
      await page.route('**/api/v1/status', () => {
        asked++
      })
      await page.clock.runFor(60_000)
      await expect.poll(() => asked, { timeout: 10_000 }).toBe(1)
      await page.clock.runFor(60_000)
      expect(asked).toBe(1)
      await page.unrouteAll({ behavior: 'ignoreErrors' })
    })

    it('works where it was opened with a password in its address', async () => {
      const address = new URL(server.address)
      address.username = 'ines'
      address.password = 'secret'
      await page.goto(`${address.href}?${IN_OCTOBER}`)
      await showsTotal('$47,293.00')
    })

    it('says what the ledger said, and tries again', async () => {
      const message = 'ledger.duckdb is locked by process 4711: end it, or set ledger.path'
      await page.route('**/api/v1/views/spend?*', (route) =>
        route.fulfill({ status: 503, json: { error: { code: 'ledger_locked', message } } }),
      )
      await page.goto(`${server.address}/?${IN_OCTOBER}`)
      await page.getByRole('alert').getByText(message).waitFor()
      await page.unroute('**/api/v1/views/spend?*')
      await page.getByRole('button', { name: 'Try again' }).click()
      await showsTotal('$47,293.00')
    })

    it('says where only the chart is missing, and tries again', async () => {
      const message = 'out of memory: ask for less'
      await page.route('**/api/v1/views/trend?*', (route) =>
        route.fulfill({ status: 500, json: { error: { code: 'internal', message } } }),
      )
      await open(`?${IN_OCTOBER}`)
      await page.getByRole('alert').getByText(message).waitFor()
      await showsTotal('$47,293.00')
      await page.unroute('**/api/v1/views/trend?*')
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.locator('.trend canvas').waitFor()
    })

    it('asks again for an answer that broke off', async () => {
      await page.route('**/api/v1/views/spend?*', (route) => route.fulfill({ body: '{"view":"spe' }), {
        times: 1,
      })
      await page.goto(`${server.address}/?${IN_OCTOBER}`)
      await page.getByRole('alert').waitFor()
      await showsTotal('$47,293.00')
    })

    it('comes back by itself when the processor does', async () => {
      await page.route('**/api/**', (route) => route.abort())
      await page.goto(`${server.address}/?${IN_OCTOBER}`)
      await page.getByRole('alert').getByText('Start it with').waitFor()
      await page.unroute('**/api/**')
      await showsTotal('$47,293.00')
    })

    it('leads out of a link that asks for nonsense', async () => {
      await page.goto(`${server.address}/?by=${encodeURIComponent('"; drop')}&${IN_OCTOBER}`)
      await page.getByRole('alert').getByText('This link asks for something').waitFor()
      await page.getByRole('link', { name: 'Start over' }).click()
      expect(asked()).toBe('')
    })
  })
})
