// Each contestant is a process of its own, set up as its users would, and all of them take turns on one core. In its turn it
// makes the same calls with its instrumentation switched on and off, one right after the other: whatever the machine does
// besides, it does to both. Nothing is left out of a turn, garbage collection least of all.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import path from 'node:path'

const here = import.meta.dirname

/** Calls that are measured in half a turn, some 50 ms of work; and turns before, until the engine has compiled what it will. */
const KINDS = {
  plain: { calls: 150, warmUp: 15 },
  stream: { calls: 15, warmUp: 15 },
}

const canPin = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0

/** @returns by name: of each kind of call the microseconds without it, and those it adds; and what the calls left behind. */
export async function measureCalls(names, rounds) {
  const contestants = await Promise.all(names.map(start))
  const results = Object.fromEntries(contestants.map(({ name }) => [name, { metered: 0 }]))
  for (const [kind, { calls, warmUp }] of Object.entries(KINDS)) {
    const takeTurn = async ({ name, ask }) => {
      const turn = await ask({ kind, calls })
      results[name].metered += turn.metered
      return turn
    }
    for (let turn = 0; turn < warmUp; turn++) for (const contestant of contestants) await takeTurn(contestant)
    for (const { name } of contestants) results[name][kind] = { without: 0, added: 0 }
    for (let round = 0; round < rounds; round++)
      // Another one begins each round: nobody has the same one before it all the time.
      for (let turn = 0; turn < contestants.length; turn++) {
        const contestant = contestants[(round + turn) % contestants.length]
        const { on, off } = await takeTurn(contestant)
        const sums = results[contestant.name][kind]
        sums.without += off / rounds
        sums.added += (on - off) / rounds
      }
  }
  for (const { name, ask, child } of contestants) {
    const left = await ask({})
    Object.assign(results[name], left, { spans: left.spans / results[name].metered })
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
