import { spawn, spawnSync } from 'node:child_process'
import { on, once } from 'node:events'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { listen } from './support/listen.ts'
import { startStandIn } from './support/stand-in.ts'

const apps = path.join(import.meta.dirname, 'apps')
const declared = path.join(import.meta.dirname, '..', 'dist', 'types', 'index.d.ts')
const bundle = path.join(import.meta.dirname, '..', 'dist', 'index.cjs')
const compiler = path.join(import.meta.dirname, '..', '..', '..', 'node_modules', '.bin', 'tsc')

// From `npm run build`, which bundles last.
describe.skipIf(!existsSync(bundle))('what is published', () => {
  test.each([
    ['--no-experimental-require-module', `const face = require('@spanmeter/instrumentation')`],
    ['--input-type=module', `import * as face from '@spanmeter/instrumentation'`],
  ])('can be loaded by Node with %s: %s', (flag, load) => {
    const script = `${load}; console.log(typeof face.withBusinessContext, typeof face.GenAiInstrumentation)`
    const { stdout, stderr } = spawnSync(process.execPath, [flag, '--eval', script], {
      cwd: apps,
      encoding: 'utf8',
    })
    expect([stdout, stderr]).toEqual(['function function\n', ''])
  })

  test('wants none of OpenTelemetry’s packages, whose versions would be at odds with those of an app', () => {
    const file = path.join(import.meta.dirname, '..', 'package.json')
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(file, 'utf8'))
    expect(Object.keys(dependencies).filter((name) => name.startsWith('@opentelemetry/'))).toEqual([])
    expect(peerDependencies).toEqual({ '@opentelemetry/api': '^1.3.0' })
    const dist = path.join(import.meta.dirname, '..', 'dist')
    const required = globSync('**/*.{cjs,js}', { cwd: dist }).flatMap((name) => [
      ...readFileSync(path.join(dist, name), 'utf8').matchAll(/(?:require\(|from )["'](@[^"']+)["']/g),
    ])
    expect([...new Set(required.map(([, name]) => name))]).toEqual(['@grpc/grpc-js'])
  })

  test('is found in full by what looks up the files that an app is to be deployed with, following `require`', () => {
    const folder = path.join(import.meta.dirname, '..')
    const { imports } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
    const found = new Set<string>()
    const follow = (file: string): void => {
      if (found.has(file)) return
      found.add(file)
      const code = readFileSync(path.join(folder, file), 'utf8')
      for (const [, name = ''] of code.matchAll(/require(?:\.resolve)?\("([#.][^"]+)"\)/g))
        follow(path.join(imports[name]?.default ?? path.join(path.dirname(file), name)))
    }
    follow('dist/register.cjs')
    // Few export by gRPC, whose packages are large.
    const all = globSync('dist/**/*.cjs', { cwd: folder }).filter((file) => !file.includes('grpc'))
    expect([...found, 'dist/index.cjs'].toSorted()).toEqual(all.toSorted())
  })

  // Else Nitro, of Nuxt for one, leaves it outside of its bundle and then copies the wrong file of it.
  test('has modules for bundlers that Node doesn’t take for modules', () => {
    const folder = path.join(import.meta.dirname, '..', 'dist', 'for-bundlers')
    expect(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))).not.toHaveProperty('type')
    expect(globSync('*.mjs', { cwd: folder })).toEqual([])
  })

  test('starts no thread from a file of its own, which a bundle lacks and an archive of Yarn’s hides', () => {
    const dist = path.join(import.meta.dirname, '..', 'dist')
    const code = globSync('**/*.cjs', { cwd: dist }).map((name) =>
      readFileSync(path.join(dist, name), 'utf8'),
    )
    const threads = code.flatMap((text) => [...text.matchAll(/new Worker\((.{11})/g)])
    expect(threads.map(([, what]) => what)).toEqual(['Buffer.from'])
  })

  // Without the types of Node, which an app needn't have.
  test.each([
    ['node16', 'node16', ['typed.cts', 'typed.mts']],
    ['nodenext', 'nodenext', ['typed.cts', 'typed.mts']],
    ['esnext', 'bundler', ['typed.mts']],
  ])('has types for an app of module %s, resolved as by %s', (module, resolution, files) => {
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false']
    const how = ['--noEmit', '--ignoreConfig', '--target', 'es2023', '--module', module]
    const args = [...how, '--moduleResolution', resolution, ...strict, ...files]
    const { stdout, status } = spawnSync(compiler, args, { cwd: apps, encoding: 'utf8' })
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  })

  test('has no types that OpenTelemetry’s API has only since 1.10', () => {
    const args = ['--listFilesOnly', '--ignoreConfig', '--module', 'nodenext', 'typed.mts']
    const { stdout } = spawnSync(compiler, args, { cwd: apps, encoding: 'utf8' })
    const types = stdout.split('\n').filter((file) => file.includes('/dist/types/'))
    expect(types).toContain(declared)
    const imported = types.flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/import (?:type )?\{([^}]*)\} from '@opentelemetry\/api'/g),
    ])
    const names = new Set(imported.flatMap(([, list]) => list!.split(',').map((name) => name.trim())))
    const since110 = ['AnyValue', 'LogRecord', 'Logger', 'LoggerProvider', 'SeverityNumber', 'logs']
    expect(since110.filter((name) => names.has(name) || names.has(`type ${name}`))).toEqual([])
    expect(names).toContain('TracerProvider')
  })

  test('exports one batch at a time, while a backend refuses them', async () => {
    const standIn = await startStandIn()
    let exported = 0
    const backend = createServer((request, response) => {
      request.resume().on('end', () => {
        exported++
        backend.emit('export', response)
      })
    })
    const exports = on(backend, 'export')
    const nextExport = async (): Promise<ServerResponse> => (await exports.next()).value![0]
    const register = ['--require', '@spanmeter/instrumentation/register']
    const app = spawn(process.execPath, [...register, 'on-demand.mjs'], {
      cwd: apps,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        LLM_URL: `${standIn.url}/v1`,
        OTEL_EXPORTER_OTLP_ENDPOINT: await listen(backend),
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const answers = createInterface(app.stdout)
    const call = async (): Promise<void> => {
      app.stdin.write('call\n')
      await once(answers, 'line')
    }
    await call()
    const first = await nextExport()
    await call()
    first.writeHead(400).end()
    const second = await nextExport()
    await call()
    await call()
    expect(exported).toBe(2)
    second.end()
    await nextExport()
    app.kill()
    backend.closeAllConnections()
    backend.close()
    await standIn.close()
  })
})
