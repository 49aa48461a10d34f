import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Undici, loaded when it is first needed: without TLS and proxies, this saves 20 MB and a tenth of a second. */
export function undici(): typeof import('undici') {
  return require('undici')
}
