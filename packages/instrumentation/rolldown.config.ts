import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Names of attributes become literals, and objects that begin with them need not be put together member by member. */
const shared = { platform: 'node', logLevel: 'warn', optimization: { inlineConst: true } }
const external = ['@opentelemetry/api', '@opentelemetry/instrumentation', '#start']
const readable = { compress: true, mangle: false, codegen: false }

/**
 * Some module imports the API as a namespace, for which rolldown copies it: every use would then go through a getter.
 * What is required is as good a namespace.
 */
const requiredApi = {
  name: 'required-api',
  renderChunk: (code: string) => ({ code: code.replace(/^_opentelemetry_api = .*;$/m, ''), map: null }),
}

/** An app's bundler finds all that there is in one module. */
const familiesAtHand = {
  name: 'families-at-hand',
  resolveId: (id: string) =>
    id.endsWith('/families.ts') ? path.resolve('src/families-at-hand.ts') : undefined,
}

const exitWorker = 'dist/register/exit-worker.cjs'

/** In one file with the app, the exit worker is a text. */
const exitWorkerAtHand = {
  name: 'exit-worker-at-hand',
  load(id: string) {
    if (!id.endsWith('/exit-worker-thread.ts')) return undefined
    return `export function startExitWorker(options) {
      const { Worker } = process.getBuiltinModule('node:worker_threads')
      return new Worker(${JSON.stringify(readFileSync(exitWorker, 'utf8'))}, { ...options, eval: true })
    }`
  },
}

/** What is declared is CommonJS. */
const commonJsTypes = {
  name: 'common-js-types',
  generateBundle(this: { emitFile(file: object): unknown }) {
    this.emitFile({ type: 'asset', fileName: 'types/package.json', source: '{ "type": "commonjs" }\n' })
  },
}

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
 * The published package is a few files instead of some 300 modules, most of them OpenTelemetry's: an app that starts
 * loads them in a fraction of the time and memory, as CommonJS in two thirds of what they take as ES modules. The API stays
 * outside, as there is one of it in a process; so does what few apps use, which is required by name when it is needed.
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
    input: {
      index: 'src/index.ts',
      register: 'src/register.cts',
      'register/start': 'src/register/start.ts',
      'flavors/index': 'src/flavors/index.ts',
      'providers/index': 'src/providers/index.ts',
    },
    external,
    plugins: [requiredApi, commonJsTypes, ...fasterSdk],
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
    external,
    plugins: [familiesAtHand, exitWorkerAtHand, ...fasterSdk],
    output: {
      dir: 'dist/for-bundlers',
      format: 'esm',
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name].mjs',
      minify: readable,
    },
  },
]
