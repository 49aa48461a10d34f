import { parseArgs } from 'node:util'
import { runChaos } from './chaos.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    kills: { type: 'string', default: '0' },
    senders: { type: 'string', default: '4' },
    workers: { type: 'string', default: '1' },
  },
})
const result = await runChaos({
  minutes: Number(values.minutes),
  kills: Number(values.kills),
  senders: Number(values.senders),
  workers: Number(values.workers),
  report: console.log,
})
console.log(result)
const passed =
  result.missingAtBackend === 0 &&
  result.callsInLedger === result.callsAtBackend &&
  result.costInLedger === result.expectedCost &&
  result.exitCode === 0
console.log(passed ? 'PASSED' : 'FAILED')
process.exitCode = passed ? 0 : 1
