import { readFileSync } from 'node:fs'
import path from 'node:path'

/** `inlineConst` makes attribute names literals, so that V8 creates objects with such keys in one go. */
const shared = { platform: 'node', logLevel: 'warn', optimization: { inlineConst: true } }
const external = ['#start', '#families']
const readable = { compress: true, mangle: false, codegen: false }
const comments = { legal: true, annotation: false, jsdoc: false }

/** For bundlers, all flavors and providers are reached by plain imports. */
const bundledFamilies = {
  name: 'bundled-families',
  resolveId: (id: string) =>
    id.endsWith('/load-families.ts') ? path.resolve('src/load-families-bundled.ts') : undefined,
}

/** A bundled app loads OpenTelemetry's package for gRPC by its own name, from beside the bundle. */
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

/**
 * Tools that trace which files an app has to be deployed with (Vercel's and Nitro's builds) follow plain `require`
 * only.
 */
const plainRequire = {
  name: 'plain-require',
  transform: (code: string, id: string) =>
    id.endsWith('/load-families.ts')
      ? { code: code.replaceAll('createRequire(import.meta.url)', 'require'), map: null }
      : undefined,
}

const exitWorker = 'dist/exit-worker.js'

/**
 * The exit worker is a string: an app's bundle has no such file beside it, nor can a thread be started from an archive of
 * Yarn's. It is encoded, as bundlers replace what looks like code even in strings.
 */
const embeddedExitWorker = {
  name: 'embedded-exit-worker',
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

/** The type declarations describe CommonJS modules. */
const commonJsTypes = packageJson('types', { type: 'commonjs' })

/**
 * Without `"type": "module"`, so that Node couldn't load them: Nitro (Nuxt and others) leaves what Node can load
 * outside of its bundle, where Node then finds other files than those that Nitro has copied.
 */
const notForNode = packageJson('', { sideEffects: ['./register.js'] })

/**
 * Replaces `from` in the one file that matches. The replacement stays on one line, so that the source map remains
 * right.
 */
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
 * The SDK tells series apart by a string that it builds from the labels for each measurement, which takes 5 µs, and
 * streams are measured with every chunk. For labels that can't change, it is built once.
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

/** The SDK prepares to detect circular references for every attribute of a span, even for strings and numbers. */
const lookForCirclesInObjects = patched(
  'look-for-circles-in-objects',
  /core\/dist\/common\/attributes\.mjs$/,
  'isAnyValueInternal(val, /* @__PURE__ */ new WeakSet())',
  'isAnyValueInternal(val, typeof val === "object" ? new WeakSet() : undefined)',
)

/** An app whose work is done must not be kept alive by the timeout of an export. */
const timeoutsKeepNothingAlive = [
  [/sdk-trace\/dist\/export\/BatchSpanProcessorBase\.mjs$/, '}, this._exportTimeoutMillis)'] as const,
  [/sdk-metrics\/dist\/utils\.mjs$/, '}, timeout)'] as const,
].map(([file, timeout]) => patched('timeouts-keep-nothing-alive', file, timeout, `${timeout}.unref()`))

/**
 * After an export that fails, the SDK forgets that it has begun the next one, and begins others beside it: while a
 * backend is down, up to 30 batches are held at a time. The specification has one:
 * https://opentelemetry.io/docs/specs/otel/trace/sdk/#exportbatch
 */
const oneExportAtATime = patched(
  'one-export-at-a-time',
  /sdk-trace\/dist\/export\/BatchSpanProcessorBase\.mjs$/,
  'this._flushOneBatch().finally(',
  'this._flushOneBatch().catch(globalErrorHandler).finally(',
)

const patchedSdk = [
  hashFrozenLabelsOnce,
  lookForCirclesInObjects,
  oneExportAtATime,
  ...timeoutsKeepNothingAlive,
]

/**
 * All copies of OpenTelemetry's API in a process share what is registered, but a copy refuses what a lower version,
 * such as 1.9, has registered. Most apps have a lower one, and what is registered has been the same since 1.0.
 */
const sharedApi = [
  ['if (!api.version || !isCompatible(api.version)) return;', ''] as const,
  ['if (api.version !== "1.10.0") {', 'if (false) {'] as const,
].map(([check, none]) => patched('shared-api', /api\/dist\/internal\/global-utils\.mjs$/, check, none))

/**
 * The published package is a few files instead of some 300 modules, most of them OpenTelemetry's: an app that starts
 * loads them in a fraction of the time and memory, as CommonJS in two thirds of what they take as ES modules. The API
 * is in them too, so that any version that an app's other packages need can be installed beside it. What few apps use
 * is in a file of its own, or required by name when it is needed.
 */
export default [
  // First, as the others include it as a string.
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
      'register/families': 'src/families.ts',
    },
    external,
    plugins: [commonJsTypes, plainRequire, embeddedExitWorker, ...sharedApi, ...patchedSdk],
    output: {
      dir: 'dist',
      format: 'cjs',
      sourcemap: true,
      entryFileNames: '[name].cjs',
      // In one folder, so that Node resolves what they require only once.
      chunkFileNames: 'register/[name].cjs',
      minify: readable,
      comments,
    },
  },
  {
    ...shared,
    input: { index: 'src/index.ts', register: 'src/register/start.ts' },
    plugins: [notForNode, bundledFamilies, embeddedExitWorker, grpcOfApp, ...sharedApi, ...patchedSdk],
    output: {
      dir: 'dist/for-bundlers',
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      minify: readable,
      // Bundlers go by the annotations when they leave out what isn't used.
      comments: { ...comments, annotation: true },
    },
  },
]
