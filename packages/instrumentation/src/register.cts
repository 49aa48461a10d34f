/**
 * `node --require @spanmeter/instrumentation/register app.js`, or `--import`.
 *
 * CommonJS, and nothing that an old Node can't parse: there the app is to run as if this weren't here.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 15)) {
  require('#start')
} else {
  process.stderr.write(
    `@spanmeter/instrumentation needs Node.js 22.15 or later; this is ${process.version}: LLM calls are not metered.\n`,
  )
}
