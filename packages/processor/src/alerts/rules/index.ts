import type { AlertRule } from '../types.ts'
import { budgetBurnFast, budgetBurnMedium, budgetBurnSlow } from './budget-burn.ts'
import { budgetExceeded, budgetProjectedExhaustion, budgetThreshold } from './budget-limits.ts'
import { modelDrift, retryStorm, unpricedCalls, untaggedSpend } from './calls.ts'
import {
  processorDown,
  processorDroppingSpans,
  processorQueueFilling,
  processorRefusing,
} from './processor-health.ts'
import { newSpender, nonProductionSpend, runawayTenant, spendSpike } from './spend.ts'
import { cacheHitDrop, outputDrift, promptGrowth } from './tokens.ts'

/** Every alert there is, in the order of the documentation. */
export const alertRules: readonly AlertRule[] = [
  budgetBurnFast,
  budgetBurnMedium,
  budgetBurnSlow,
  budgetThreshold,
  budgetExceeded,
  budgetProjectedExhaustion,
  spendSpike,
  newSpender,
  runawayTenant,
  nonProductionSpend,
  promptGrowth,
  outputDrift,
  cacheHitDrop,
  retryStorm,
  modelDrift,
  untaggedSpend,
  unpricedCalls,
  processorDown,
  processorRefusing,
  processorQueueFilling,
  processorDroppingSpans,
]
