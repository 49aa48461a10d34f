import { openLedger } from '@spanmeter/ledger'
import { call } from './span.ts'

// Run by open-ledger.test.ts: appends, and is gone with no chance to close.
const ledger = await openLedger({ path: process.argv[2]! })
for (let batch = 0; batch < 10; batch++) {
  await ledger.append(Array.from({ length: 100 }, () => call({ cost: '0.5' })))
}
process.kill(process.pid, 'SIGKILL')
