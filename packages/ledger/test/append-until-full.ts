import { type LedgerError, openLedger } from '@spanmeter/ledger'
import { call } from './span.ts'

// Run by open-ledger.test.ts under a limit on the size of files: appends until that fails, and tells how far it came.
const ledger = await openLedger({ path: process.argv[2]! })
let appended = 0
try {
  while (appended < 1_000_000) {
    await ledger.append(
      Array.from({ length: 2000 }, () => call({ cost: '0.5', name: String(Math.random()) })),
    )
    appended += 2000
  }
} catch (error) {
  process.stdout.write(JSON.stringify({ appended, code: (error as LedgerError).code }))
}
process.exit(0)
