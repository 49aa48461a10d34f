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

const HASH = 'function hashAttributes(attributes) {'

/** On the line of what it stands for, so that the source map stays right. */
const HASH_ONCE = `let last, lastHash;
function hashAttributes(attributes) {
	if (!Object.isFrozen(attributes)) return hashLabels(attributes);
	if (attributes !== last) {
		lastHash = hashLabels(attributes);
		last = attributes;
	}
	return lastHash;
}
function hashLabels(attributes) {`.replace(/\s+/g, ' ')

/**
 * The SDK tells series apart by a text that it makes of the labels with each measurement, 5 µs, and a stream is measured
 * with every chunk. Of labels that can't change it is made once.
 */
const hashFrozenLabelsOnce = {
  name: 'hash-frozen-labels-once',
  transform(code: string, id: string) {
    if (!/sdk-metrics\/dist\/utils\.mjs$/.test(id)) return undefined
    if (!code.includes(HASH)) throw new Error(`${id} has another hashAttributes`)
    return { code: code.replace(HASH, HASH_ONCE), map: null }
  },
}

const TIMEOUTS = [
  [/sdk-trace\/dist\/export\/BatchSpanProcessorBase\.mjs$/, '}, this._exportTimeoutMillis)'],
  [/sdk-metrics\/dist\/utils\.mjs$/, '}, timeout)'],
] as const

/** An app whose work is done isn't to be kept alive by how long an export may take. */
const timeoutsKeepNothingAlive = {
  name: 'timeouts-keep-nothing-alive',
  transform(code: string, id: string) {
    const timeout = TIMEOUTS.find(([file]) => file.test(id))?.[1]
    if (timeout === undefined) return undefined
    if (!code.includes(timeout)) throw new Error(`${id} has another timeout`)
    return { code: code.replace(timeout, `${timeout}.unref()`), map: null }
  },
}

/**
 * The published package is a few files instead of some 300 modules, most of them OpenTelemetry's: an app that starts
 * loads them in a fraction of the time and memory. The API stays outside, as there is one of it in a process; so does
 * what few apps use, which is required by name when it is needed.
 */
export default [
  {
    ...shared,
    input: { index: 'src/index.ts', 'start-metering': 'src/start-metering.ts' },
    external,
    output: {
      dir: 'dist',
      format: 'esm',
      sourcemap: true,
      chunkFileNames: 'chunks/[name].js',
      minify: readable,
    },
  },
  {
    ...shared,
    input: { index: 'src/index.ts' },
    external,
    plugins: [familiesAtHand],
    output: { dir: 'dist/for-bundlers', format: 'esm', minify: readable },
  },
  // What the flag loads, before the app and whatever that is: as CommonJS it takes two thirds of the time.
  {
    ...shared,
    input: {
      register: 'src/register.cts',
      'register/start': 'src/register/start.ts',
      'register/exit-worker': 'src/register/exit-worker.ts',
      'flavors/index': 'src/flavors/index.ts',
      'providers/index': 'src/providers/index.ts',
    },
    external,
    plugins: [requiredApi, hashFrozenLabelsOnce, timeoutsKeepNothingAlive],
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
]
