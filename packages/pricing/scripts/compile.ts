/**
 * Compiles data/*.json into src/generated/price-files.ts: a string for each provider, parsed when first asked for.
 * Run after any change of the data: npm run prices:compile -w packages/pricing
 */
import { writeFileSync } from 'node:fs'
import { compiledModule } from './compiled-module.ts'

writeFileSync(new URL('../src/generated/price-files.ts', import.meta.url), compiledModule())
