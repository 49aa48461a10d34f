import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Names of attributes become literals, and objects that begin with them need not be put together member by member. */
const shared = { platform: 'node', logLevel: 'warn', optimization: { inlineConst: true } }
const external = ['#start', '#flavors', '#providers', '#exit-worker']
const readable = { compress: true, mangle: false, codegen: false }

/** An app's bundler finds all that there is in one module. */
const familiesAtHand = {
  name: 'families-at-hand',
  resolveId: (id: string) =>
    id.endsWith('/families.ts') ? path.resolve('src/families-at-hand.ts') : undefined,
}

/** Of an app in one file it lies beside that, under its own name. */
const grpcOfApp = {
  name: 'grpc-of-app',
  transform: (code: string, id: string) =>
    id.endsWith('/otlp-grpc.ts')
      ? {
          code: code.replace("'#otlp-grpc-exporter-base'", "'@opentelemetry/otlp-grpc-exporter-base'"),
          map: null,
        }
      : undefined,
}

/** What looks up which files an app is to be deployed with, as builds for Vercel and by Nitro do, follows `require` alone. */
const plainRequire = {
  name: 'plain-require',
  transform: (code: string, id: string) =>
    /[/\\](families|exit-worker-thread)\.ts$/.test(id)
      ? { code: code.replaceAll('createRequire(import.meta.url)', 'require'), map: null }
      : undefined,
}

const exitWorker = 'dist/register/exit-worker.cjs'

/** In one file with the app, the exit worker is a text: encoded, as bundlers replace what looks like code even in strings. */
const exitWorkerAtHand = {
  name: 'exit-worker-at-hand',
  load(id: string) {
    if (!id.endsWith('/exit-worker-thread.ts')) return undefined
    return `export function startExitWorker(options) {
      const { Worker } = process.getBuiltinModule('node:worker_threads')
      const script = Buffer.from('${readFileSync(exitWorker, 'base64')}', 'base64')
      return new Worker(script.toString(), { ...options, eval: true })
    }`
  },
}

const packageJson = (folder: string, content: object) => ({
  name: 'package-json',
  generateBundle(this: { emitFile(file: object): unknown }) {
    const source = `${JSON.stringify(content)}\n`
    this.emitFile({ type: 'asset', fileName: path.join(folder, 'package.json'), source })
  },
})

/** What is declared is CommonJS. */
const commonJsTypes = packageJson('types', { type: 'commonjs' })

/**
 * Not modules that Node can load: those Nitro, of Nuxt and others, leaves outside of its bundle, where Node then finds other
 * files than those that Nitro has copied.
 */
const notForNode = packageJson('', { sideEffects: ['./register.js'] })

/** @param from what stands in the one file of that name, and is replaced on the line it is on, so that the source map stays right. */
const patched = (name: string, file: RegExp, from: string, to: string) => ({
  name,
  transform(code: string, id: string) {
    if (!file.test(id)) return undefined
    if (!code.includes(from)) throw new Error(`${id} no longer has ${from}`)
    return { code: code.replace(from, to.replace(/\s+/g, ' ')), map: null }
  },
})

const HASH = 'function hashAttributes(attributes) {'

/**
 * The SDK tells series apart by a text that it makes of the labels with each measurement, 5 µs, and a stream is measured
 * with every chunk. Of labels that can't change it is made once.
 */
const hashFrozenLabelsOnce = patched(
  'hash-frozen-labels-once',
  /sdk-metrics\/dist\/utils\.mjs$/,
  HASH,
  `const hashes = new WeakMap();
function hashAttributes(attributes) {
	if (!Object.isFrozen(attributes)) return hashLabels(attributes);
	let hash = hashes.get(attributes);
	if (hash === undefined) {
		hash = hashLabels(attributes);
		hashes.set(attributes, hash);
	}
	return hash;
}
function hashLabels(attributes) {`,
)

/** For every attribute of a span, strings and numbers included, the SDK prepares to look for a circle. */
const lookForCirclesInObjects = patched(
  'look-for-circles-in-objects',
  /core\/dist\/common\/attributes\.mjs$/,
  'isAnyValueInternal(val, /* @__PURE__ */ new WeakSet())',
  'isAnyValueInternal(val, typeof val === "object" ? new WeakSet() : undefined)',
)

/** An app whose work is done isn't to be kept alive by how long an export may take. */
const timeoutsKeepNothingAlive = [
  [/sdk-trace\/dist\/export\/BatchSpanProcessorBase\.mjs$/, '}, this._exportTimeoutMillis)'] as const,
  [/sdk-metrics\/dist\/utils\.mjs$/, '}, timeout)'] as const,
].map(([file, timeout]) => patched('timeouts-keep-nothing-alive', file, timeout, `${timeout}.unref()`))

const fasterSdk = [hashFrozenLabelsOnce, lookForCirclesInObjects, ...timeoutsKeepNothingAlive]

/**
 * What is registered with OpenTelemetry's API all its copies in a process share, but a copy keeps away from what a lesser
 * version, 1.9 say, has registered. Most apps have that one, and what is registered has been the same since 1.0.
 */
const sharedApi = [
  ['if (!api.version || !isCompatible(api.version)) return;', ''] as const,
  ['if (api.version !== "1.10.0") {', 'if (false) {'] as const,
].map(([check, none]) => patched('shared-api', /api\/dist\/internal\/global-utils\.mjs$/, check, none))

/**
 * The published package is a few files instead of some 300 modules, most of them OpenTelemetry's: an app that starts
 * loads them in a fraction of the time and memory, as CommonJS in two thirds of what they take as ES modules. The API is in
 * them, too: whichever version an app has beside, its packages want of it what they want, and can be installed. What few
 * apps use is in a file of its own, or required by name when it is needed.
 */
export default [
  // Also what is a text elsewhere: hence the first, and all in one.
  {
    ...shared,
    input: 'src/register/exit-worker.ts',
    output: { file: exitWorker, format: 'cjs', minify: true },
  },
  {
    ...shared,
    input: '@opentelemetry/otlp-grpc-exporter-base',
    external: ['@grpc/grpc-js'],
    plugins: sharedApi,
    output: { file: 'dist/register/otlp-grpc-exporter-base.cjs', format: 'cjs', minify: readable },
  },
  {
    ...shared,
    input: {
      index: 'src/index.ts',
      register: 'src/register.cts',
      'register/start': 'src/register/start.ts',
      'flavors/index': 'src/flavors/index.ts',
      'providers/index': 'src/providers/index.ts',
    },
    external,
    plugins: [commonJsTypes, plainRequire, ...sharedApi, ...fasterSdk],
    output: {
      dir: 'dist',
      format: 'cjs',
      sourcemap: true,
      entryFileNames: '[name].cjs',
      // In one folder, what they require is resolved once.
      chunkFileNames: 'register/[name].cjs',
      minify: readable,
      comments: { legal: true, annotation: false, jsdoc: false },
    },
  },
  {
    ...shared,
    input: { index: 'src/index.ts', register: 'src/register/start.ts' },
    plugins: [notForNode, familiesAtHand, exitWorkerAtHand, grpcOfApp, ...sharedApi, ...fasterSdk],
    output: {
      dir: 'dist/for-bundlers',
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      minify: readable,
    },
  },
]
