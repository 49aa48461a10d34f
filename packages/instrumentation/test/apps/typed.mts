// The same package in an ES module.
import { recordOutcome } from '@spanmeter/instrumentation'
import '@spanmeter/instrumentation/register'

recordOutcome('answered')
// @ts-expect-error
recordOutcome(42)
