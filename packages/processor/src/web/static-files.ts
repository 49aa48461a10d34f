import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, extname, join, normalize, sep } from 'node:path'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

const NOT_BUILT =
  'The spend page is not part of this build: run "npm run build -w packages/web", then reload.\n'

const NOT_FOUND =
  'no such path; there are / (the spend page), /api/v1 (its API), /metrics, /healthz and /readyz\n'

/** Folder with the built page: inside this package once published, beside it in the workspace. */
function findPageDirectory(): string | undefined {
  const candidates = [join(import.meta.dirname, '../../page')]
  try {
    const manifest = createRequire(import.meta.url).resolve('@spanmeter/web/package.json')
    candidates.push(join(dirname(manifest), 'dist'))
  } catch {
    // Not installed within the workspace.
  }
  return candidates.find((directory) => existsSync(join(directory, 'index.html')))
}

/** Serves a file of the page. Unknown paths are 404 and not the page, so that a misspelt health check doesn't pass. */
export async function sendPageFile(response: ServerResponse, path: string): Promise<void> {
  const directory = findPageDirectory()
  if (directory === undefined) return sendText(response, 404, NOT_BUILT)
  const name = path === '/' ? '/index.html' : path
  const file = normalize(join(directory, name))
  const content = file.startsWith(directory + sep) ? await readFile(file).catch(() => undefined) : undefined
  if (content === undefined) return sendText(response, 404, NOT_FOUND)
  response.writeHead(200, {
    'content-type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': content.byteLength,
    // Vite puts a hash of the content into the names of everything but the entry page.
    'cache-control': name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
  response.end(content)
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(text)
}
