// Each contestant is a process of its own, set up as its users would, and all of them take turns on one core: whatever
// the machine does besides, it does to all. Nothing is left out of a turn, garbage collection least of all.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import path from 'node:path'

const here = import.meta.dirname

/** Calls a turn, some 50 ms of work; and before the first one that counts, until the engine has compiled what it will. */
const KINDS = {
  plain: { calls: 100, warmUp: 3000 },
  stream: { calls: 10, warmUp: 300 },
}

const canPin = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0

/** @returns by name: microseconds of each kind of call, and what they left behind. */
export async function measureCalls(names, rounds) {
  const contestants = await Promise.all(names.map(start))
  const results = Object.fromEntries(contestants.map(({ name }) => [name, { made: 0 }]))
  for (const [kind, { calls, warmUp }] of Object.entries(KINDS)) {
    for (let made = 0; made < warmUp; made += calls)
      for (const { name, ask } of contestants) {
        await ask({ kind, calls })
        results[name].made += calls
      }
    for (let round = 0; round < rounds; round++)
      // Another one begins each round: nobody has the same one before it all the time.
      for (let turn = 0; turn < contestants.length; turn++) {
        const { name, ask } = contestants[(round + turn) % contestants.length]
        const micros = await ask({ kind, calls })
        results[name][kind] = (results[name][kind] ?? 0) + micros / rounds
        results[name].made += calls
      }
  }
  for (const { name, ask, child } of contestants) {
    const left = await ask({})
    Object.assign(results[name], left, { spans: left.spans / results[name].made })
    child.kill()
  }
  return results
}

async function start(name) {
  const child = fork(path.join(here, 'calls.cjs'), [name], { cwd: here, execArgv: ['--expose-gc'] })
  child.once('exit', (code) => {
    if (code !== null) throw new Error(`${name} ended with ${code}`)
  })
  await once(child, 'message')
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', '0', String(child.pid)])
  return {
    name,
    child,
    async ask(question) {
      child.send(question)
      const [answer] = await once(child, 'message')
      return answer
    },
  }
}
