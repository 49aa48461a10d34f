/**
 * `node --require @spanmeter/instrumentation/register app.js`, or `--import`.
 *
 * CommonJS, and nothing that an old Node can't parse: there the app is to run as if this weren't here.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

function giveUp(reason: string): void {
  process.stderr.write(`@spanmeter/instrumentation ${reason}: LLM calls are not metered.\n`)
}

if (major > 22 || (major === 22 && minor >= 15)) {
  try {
    require('#start')
  } catch (error) {
    // Where Node's permission model doesn't let it be read, for example.
    giveUp(`could not be loaded (${String(error).split('\n', 1)[0]})`)
  }
} else giveUp(`needs Node.js 22.15 or later; this is ${process.version}`)
