import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const api = path.join(import.meta.dirname, '..', '..', '..', '..', 'node_modules', '@opentelemetry', 'api')

/** Puts a copy of OpenTelemetry's API into the packages of an app, of a version that doesn't know of the one that is here. */
export function installOlderApi(app: string): void {
  const copy = path.join(app, 'node_modules', '@opentelemetry', 'api')
  cpSync(api, copy, { recursive: true })
  for (const name of globSync('{package.json,dist/**/*.?js}', { cwd: copy })) {
    const file = path.join(copy, name)
    const text = readFileSync(file, 'utf8')
    if (text.includes('1.10.0')) writeFileSync(file, text.replaceAll('1.10.0', '1.9.1'))
  }
}
