import './v8-settings.ts'
import { createProgram } from './index.ts'

// What bin/spanmeter.js runs, and from the sources: node --conditions=@spanmeter/source packages/processor/src/cli/main.ts
await createProgram().parseAsync(process.argv)
