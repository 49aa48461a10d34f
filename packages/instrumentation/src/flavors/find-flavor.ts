import { type FindFlavor, flavorFinder } from './endpoints.ts'
import * as members from './index.ts'
import type { ApiFlavor } from './types.ts'

export const flavors: readonly ApiFlavor[] = Object.values(members)

export const findFlavor: FindFlavor = flavorFinder(flavors)
