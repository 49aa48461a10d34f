// Each contestant is a process of its own, set up as its users would, and all of them take turns on one core. In its turn it
// makes the same calls with its instrumentation switched on and off, one right after the other: whatever the machine does
// besides, it does to both. Nothing is left out of a turn, garbage collection least of all.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism, cpus } from 'node:os'
import path from 'node:path'
import { lowerQuartile, median } from './statistics.mjs'

const here = import.meta.dirname

/**
 * Calls in half a turn: some 200 ms of work in which garbage is collected several times, or so few that none is while it is
 * counted.
 */
const KINDS = {
  plain: { calls: 1000, counted: 150 },
  stream: { calls: 80, counted: 15 },
}

/** Turns before those that are measured, until the engine has compiled what it will. */
const WARM_UP = { measured: 4, counted: 15 }

/** The last core has the least of the machine's other work. Whoever has chosen one already, by `taskset`, is left to it. */
const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0
const CORE = String(cpus().length - 1)

/**
 * @returns by name: of each kind of call the microseconds without it, and those it adds; and what the calls left behind. Of
 * the rounds it is the lower quartile, with it and without: what the machine does besides only adds to some of them.
 */
export async function measureCalls(names, rounds) {
  const contestants = await Promise.all(names.map((name) => start(name)))
  const results = Object.fromEntries(contestants.map(({ name }) => [name, { metered: 0 }]))
  for (const [kind, { calls }] of Object.entries(KINDS)) {
    const takeTurn = async ({ name, ask }) => {
      const turn = await ask({ kind, calls })
      results[name].metered += turn.metered
      return turn
    }
    for (let turn = 0; turn < WARM_UP.measured; turn++)
      for (const contestant of contestants) await takeTurn(contestant)
    const turns = Object.fromEntries(contestants.map(({ name }) => [name, []]))
    for (let round = 0; round < rounds; round++)
      // Another one begins each round: nobody has the same one before it all the time.
      for (let turn = 0; turn < contestants.length; turn++) {
        const contestant = contestants[(round + turn) % contestants.length]
        turns[contestant.name].push(await takeTurn(contestant))
      }
    for (const { name } of contestants) {
      const without = lowerQuartile(turns[name].map(({ off }) => off))
      const added = lowerQuartile(turns[name].map(({ on }) => on)) - without
      results[name][kind] = { without, added }
    }
  }
  for (const { name, ask, child } of contestants) {
    const left = await ask({})
    Object.assign(results[name], left, { spans: left.spans / results[name].metered })
    child.kill()
  }
  return results
}

/** So large a young generation that nothing is collected while it is counted, in MB. */
const YOUNG = 64

/** @returns by name: the bytes of garbage that it adds to a call of each kind. */
export async function measureGarbage(names) {
  const results = {}
  for (const name of names) {
    const { ask, child } = await start(name, [
      `--min-semi-space-size=${YOUNG}`,
      `--max-semi-space-size=${YOUNG}`,
    ])
    results[name] = {}
    for (const [kind, { counted: calls }] of Object.entries(KINDS)) {
      for (let turn = 0; turn < WARM_UP.counted; turn++) await ask({ kind, calls, garbage: true })
      const turns = []
      for (let turn = 0; turn < 5; turn++) turns.push(await ask({ kind, calls, garbage: true }))
      results[name][kind] = median(turns.map(({ on, off }) => on - off))
    }
    child.kill()
  }
  return results
}

async function start(name, flags = []) {
  const execArgv = ['--expose-gc', ...flags]
  const child = fork(path.join(here, 'calls.cjs'), [name], { cwd: here, execArgv })
  child.once('exit', (code) => {
    if (code !== null) throw new Error(`${name} ended with ${code}`)
  })
  await once(child, 'message')
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', CORE, String(child.pid)])
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
