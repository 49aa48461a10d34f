/** The instrumentation scope of every span and metric of this package; a test compares it with package.json. */
export const INSTRUMENTATION_NAME = '@spanmeter/instrumentation'
export const INSTRUMENTATION_VERSION = '0.1.0'
