// What `--require` adds to the start of an app that loads an SDK, in CommonJS and as ES modules.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const here = import.meta.dirname

/** @returns by name: what one start took. The order differs from round to round. */
export function measureStarts(names, round) {
  const preloads = names.map((name) => [name, path.join(here, 'preload.cjs'), { CONTESTANT: name }])
  preloads.push(['spanmeter register', path.join(here, '..', 'dist', 'register.cjs'), {}])
  const order = [...preloads.slice(round % preloads.length), ...preloads.slice(0, round % preloads.length)]
  const results = Object.fromEntries(preloads.map(([name]) => [name, {}]))
  for (const [name, preload, env] of order) {
    const cjs = startApp('app.cjs', preload, env)
    const esm = startApp('app.mjs', preload, env)
    results[name] = {
      cjsMillis: cjs.millis,
      cjsCpu: (cjs.cpu.user + cjs.cpu.system) / 1e3,
      esmMillis: esm.millis,
      esmCpu: (esm.cpu.user + esm.cpu.system) / 1e3,
      rss: cjs.rss / 1e6,
    }
  }
  return results
}

function startApp(app, preload, env) {
  const { NODE_OPTIONS: _, ...own } = process.env
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', preload, app], {
    cwd: here,
    env: { ...own, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', ...env },
    encoding: 'utf8',
  })
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1))
  } catch {
    throw new Error(`${preload} ${app} ${JSON.stringify(env)}: ${stderr.slice(0, 500)}`)
  }
}
