import type { KeywordDefinition } from 'ajv/dist/2020.js'
import { parseDuration, parseSize } from './units.ts'

type Value = string | number

/** Bounds that the schema states in the units of its values: `"minimumSize": "64MiB"`. */
export const UNIT_KEYWORDS: KeywordDefinition[] = [
  {
    keyword: 'minimumSize',
    validate: (minimum: string, value: Value) => parseSize(value) >= parseSize(minimum),
  },
  {
    keyword: 'minimumDuration',
    validate: (minimum: string, value: Value) => parseDuration(value) >= parseDuration(minimum),
  },
]
