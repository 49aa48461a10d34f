import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** Why the tests in a browser are skipped; `undefined` when they are not. */
export const noBrowser: string | undefined = existsSync(EXECUTABLE)
  ? undefined
  : `no Chromium at ${EXECUTABLE}: install it, or set CHROMIUM_PATH`

/** Nothing is ever asked of anyone but the processor, by the browser neither. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: QUIET })
}

/** Stricter than what the processor sends: no inline style either. */
const STRICT_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'"

export interface Visit {
  page: Page
  /** What a careful person would see in the developer tools: errors, warnings, requests to others. */
  complaints: string[]
  close: () => Promise<void>
}

/** A fresh visitor of the page at `address`, with every complaint of the browser written down. */
export async function visit(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${address}/`)) complaints.push(`request to ${request.url()}`)
  })
  await page.route(`${address}/**`, async (route) => {
    if (route.request().resourceType() !== 'document') return route.fallback()
    const response = await route.fetch()
    await route.fulfill({
      response,
      headers: { ...response.headers(), 'content-security-policy': STRICT_POLICY },
    })
  })
  return { page, complaints, close: () => context.close() }
}

/** What axe finds wrong with the page as it stands: a line a violation. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as {
    id: string
    nodes: { target: string[] }[]
  }[]
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}
