import { execFileSync } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import type { Child } from './child.ts'

const DEADLINE_SECONDS = 20

/** Waits until the processor answers that it is ready. */
export async function ready(page: string, processor: Child): Promise<void> {
  const answered = async (): Promise<void> => {
    while (
      !(await fetch(`${page}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ))
    )
      await setTimeout(50)
  }
  await Promise.race([answered(), processor.ended])
}

/** Waits until the ledger has recorded that many calls: batches travel on their own time. */
export async function recordedCalls(page: string, expected: number): Promise<void> {
  const deadline = Date.now() + DEADLINE_SECONDS * 1000
  let calls = 0
  while (Date.now() < deadline) {
    const response = await fetch(`${page}/api/v1/status`)
    calls = ((await response.json()) as { calls: number }).calls
    if (calls >= expected) return
    await setTimeout(100)
  }
  throw new Error(`the ledger has ${calls} of ${expected} calls after ${DEADLINE_SECONDS} seconds`)
}

/** The spend views in the terminal, by the same command that a user types. */
export function printSpend(command: string, page: string): void {
  for (const dimension of ['feature', 'model', 'tenant', 'workflow']) {
    console.log(`\n$ spanmeter report --by ${dimension}`)
    execFileSync(process.execPath, [command, 'report', '--by', dimension, '--endpoint', page], {
      stdio: 'inherit',
    })
  }
}
