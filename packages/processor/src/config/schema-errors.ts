import type { ErrorObject } from 'ajv/dist/2020.js'
import { closest } from './closest.ts'

const MINIMUM_OF: Readonly<Record<string, string>> = {
  minimumSize: 'is too small',
  minimumDuration: 'is too short',
}

/** What the schema's types are called in YAML. */
const TYPE_WORDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'a map',
  string: 'a text',
}

/** What the schema says about a value to the user. `writeOnly`: it is a secret. */
interface Annotations {
  readonly description?: string
  readonly writeOnly?: boolean
}

/** Leaves out errors that only follow from others; of an `anyOf`, keeps those of the branch that the user meant. */
export function relevantErrors(errors: readonly ErrorObject[]): ErrorObject[] {
  const alternatives = errors.filter(({ keyword }) => keyword === 'anyOf')
  return errors.filter((error) => {
    // `propertyNames` and the consequence of the `if` report these, too.
    if (error.propertyName !== undefined || error.keyword === 'if') return false
    // A value that isn't even a size or duration is not too small.
    if (error.keyword in MINIMUM_OF) {
      return !errors.some((other) => other !== error && other.instancePath === error.instancePath)
    }
    if (error.keyword === 'anyOf') {
      return !errors.some(
        (other) =>
          other.instancePath.startsWith(`${error.instancePath}/`) ||
          (other.keyword === 'additionalProperties' && other.instancePath === error.instancePath),
      )
    }
    if (!['type', 'const', 'pattern', 'minimum'].includes(error.keyword)) return true
    return !alternatives.some(({ instancePath }) => instancePath === error.instancePath)
  })
}

/** What is wrong with a value, in words for the user. */
export function describeSchemaError({
  keyword,
  params,
  parentSchema,
  message,
  instancePath,
  data,
  schema: rule,
}: ErrorObject): string {
  const name = instancePath.split('/').pop() ?? ''
  switch (keyword) {
    case 'additionalProperties': {
      const known = knownKeys(parentSchema)
      const guess = closest(params.additionalProperty, known)
      const hint = guess === undefined ? `known here: ${known.join(', ')}` : `did you mean "${guess}"?`
      return `unknown key "${params.additionalProperty}"; ${hint}`
    }
    case 'required':
      return `"${params.missingProperty}" is missing`
    case 'enum': {
      const allowed = [...new Set<string>(params.allowedValues.map(String))]
      const guess = typeof data === 'string' ? closest(data, allowed) : undefined
      return `${JSON.stringify(data)} is not one of ${allowed.join(', ')}${guess === undefined ? '' : `; did you mean "${guess}"?`}`
    }
    case 'const':
      return `"${name}" must be ${JSON.stringify(params.allowedValue)}`
    case 'minLength':
      return `"${name}" is empty`
    case 'minProperties':
      return `"${name}" is empty; known here: ${knownKeys(parentSchema).join(', ')}`
    case 'propertyNames':
      return `"${params.propertyName}" is not valid: ${(rule as Annotations).description}`
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
      return `"${name}": ${data} ${message}`
    case 'minimumSize':
    case 'minimumDuration':
      return `"${name}": ${JSON.stringify(data)} ${MINIMUM_OF[keyword]}; at least ${rule}`
    default: {
      const { description: meaning, writeOnly: isSecret = false } = (parentSchema ?? {}) as Annotations
      if (keyword === 'type')
        return describeType(name, data, isSecret, TYPE_WORDS[params.type] ?? params.type)
      const value = isSecret ? 'its value' : JSON.stringify(data)
      return `"${name}": ${value} ${meaning === undefined ? (message ?? String(rule)) : `is not valid: ${meaning}`}`
    }
  }
}

function knownKeys(parentSchema: ErrorObject['parentSchema']): string[] {
  return Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {})
}

function describeType(name: string, data: unknown, isSecret: boolean, expected: string): string {
  if (name === '') return `the file must be ${expected}, from keys such as "exporters" to their settings`
  if (data === null) return `"${name}" is empty; it must be ${expected}, or be left out`
  // Lists and maps are not printed, as they may be long and contain secrets.
  if (typeof data === 'object')
    return `"${name}" is ${Array.isArray(data) ? 'a list' : 'a map'}; it must be ${expected}`
  return `"${name}": ${isSecret ? 'its value' : JSON.stringify(data)} must be ${expected}`
}
