import { CallColumn } from './recent-calls.ts'

/** Numbers of calls, a row of `CallColumn` each. */
export type Values = Float64Array

export function isSameSpan(values: Values, one: number, other: number): boolean {
  return (
    values[one + CallColumn.spanHigh] === values[other + CallColumn.spanHigh] &&
    values[one + CallColumn.spanLow] === values[other + CallColumn.spanLow]
  )
}

/** Whether a call that is counted and another one are the same call. */
export function isSameCall(values: Values, counted: number, other: number): boolean {
  return (
    values[counted + CallColumn.countedBy] === 0 &&
    values[counted + CallColumn.scope] !== values[other + CallColumn.scope] &&
    values[counted + CallColumn.service] === values[other + CallColumn.service] &&
    overlap(values, counted, other) &&
    hasSameInput(values, counted, other) &&
    hasSameOutput(values, counted, other)
  )
}

export function isOneOfItsCalls(values: Values, other: number, run: number): boolean {
  return (
    values[other + CallColumn.scope] === values[run + CallColumn.sumsUp] &&
    values[run + CallColumn.start]! <= values[other + CallColumn.start]! &&
    values[other + CallColumn.start]! <= values[run + CallColumn.end]!
  )
}

/** Two instrumentations may begin in the same millisecond, of which OpenTelemetry for JavaScript knows no parts. */
export function isSameCallInAnotherTrace(values: Values, counted: number, other: number): boolean {
  return !hasSameTimes(values, counted, other) && isSameCall(values, counted, other)
}

/** Only times that nobody measured are equal. */
function hasSameTimes(values: Values, one: number, other: number): boolean {
  return (
    values[one + CallColumn.start] === values[other + CallColumn.start] &&
    values[one + CallColumn.end] === values[other + CallColumn.end]
  )
}

function overlap(values: Values, one: number, other: number): boolean {
  return (
    values[one + CallColumn.start]! <= values[other + CallColumn.end]! &&
    values[other + CallColumn.start]! <= values[one + CallColumn.end]!
  )
}

export function isWithin(values: Values, one: number, other: number): boolean {
  return (
    values[other + CallColumn.start]! <= values[one + CallColumn.start]! &&
    values[one + CallColumn.end]! <= values[other + CallColumn.end]!
  )
}

/** The same, or differing by the cached tokens: some emitters leave them out without saying so. */
function hasSameInput(values: Values, one: number, other: number): boolean {
  const difference = Math.abs(values[one + CallColumn.input]! - values[other + CallColumn.input]!)
  return (
    difference === 0 ||
    difference === values[one + CallColumn.cached] ||
    difference === values[other + CallColumn.cached]
  )
}

/** At the start of its streams Claude states a few output tokens, which LangChain and OpenLLMetry add to the final count. */
const STATED_AT_START = 8

/** The same, or differing by the reasoning tokens: some emitters leave them out. */
function hasSameOutput(values: Values, one: number, other: number): boolean {
  const difference = Math.abs(values[one + CallColumn.output]! - values[other + CallColumn.output]!)
  return (
    difference <= STATED_AT_START ||
    difference === values[one + CallColumn.reasoning] ||
    difference === values[other + CallColumn.reasoning]
  )
}
