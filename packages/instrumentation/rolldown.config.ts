/** Names of attributes become literals, and objects that begin with them need not be put together member by member. */
const shared = { platform: 'node', logLevel: 'warn', optimization: { inlineConst: true } }
const readable = { compress: true, mangle: false, codegen: false }

/**
 * The published package is a few files instead of some 300 modules, most of them OpenTelemetry's: an app that starts
 * loads them in a fraction of the time and memory. The API stays outside, as there is one of it in a process; so does
 * what few apps use, which is required by name when it is needed.
 */
export default [
  {
    ...shared,
    input: {
      index: 'src/index.ts',
      'start-metering': 'src/start-metering.ts',
      'register/start': 'src/register/start.ts',
      'register/exit-worker': 'src/register/exit-worker.ts',
      'flavors/index': 'src/flavors/index.ts',
      'providers/index': 'src/providers/index.ts',
    },
    external: ['@opentelemetry/api', '@opentelemetry/instrumentation'],
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
    input: { register: 'src/register.cts' },
    external: ['#start'],
    output: { dir: 'dist', format: 'cjs', sourcemap: true, entryFileNames: '[name].cjs' },
  },
]
