import { type Logger, pino, stdSerializers } from 'pino'
import { UsageError } from '../usage-error.ts'
import { isExpected } from './expected-error.ts'

export type { Logger } from 'pino'

/** Headers and settings whose values never reach a log line or `spanmeter check --print`. */
const SECRET_PATHS = [
  'headers',
  '*.headers',
  'password',
  '*.password',
  'token',
  '*.token',
  'authorization',
  '*.authorization',
]

/**
 * Structured JSON logs on standard error; standard output belongs to commands.
 *
 * @throws UsageError if the environment asks for an unknown level.
 */
export function createLogger(level: string = environmentLevel()): Logger {
  return pino(
    {
      name: 'spanmeter',
      level,
      redact: { paths: SECRET_PATHS, censor: '[masked]' },
      serializers: { err: describeError },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    pino.destination({ dest: 2, sync: true }),
  )
}

function environmentLevel(): string {
  const level = process.env.SPANMETER_LOG_LEVEL?.toLowerCase() || 'info'
  const levels = [...Object.keys(pino.levels.values), 'silent']
  if (levels.includes(level)) return level
  throw new UsageError(`SPANMETER_LOG_LEVEL is "${level}"; it must be one of ${levels.join(', ')}`)
}

function describeError(error: Error): object {
  if (!isExpected(error)) return stdSerializers.err(error)
  const { name: type, message, code, cause } = error as NodeJS.ErrnoException
  return {
    type,
    message,
    ...(code === undefined ? {} : { code }),
    ...(cause instanceof Error && !message.includes(cause.message) ? { cause: cause.message } : {}),
  }
}

/** Writes at most one line for each key in a period of time, with the number of lines that were suppressed. */
export interface RateLimitedLogger {
  warn(key: string, details: object, message: string): void
  info(key: string, details: object, message: string): void
}

interface Window {
  opened: number
  milliseconds: number
  message: string
  suppressed: number
}

const FIRST_WINDOW_MS = 10_000
/** For failures that go on for hours. */
const LAST_WINDOW_MS = 5 * 60_000

/**
 * A backend that is down fails thousands of times a second with the same message. The first failure of each key is logged at once.
 * The others are only counted for a period, which doubles as long as the failures go on.
 */
export function rateLimited(logger: Logger, now: () => number = Date.now): RateLimitedLogger {
  const windows = new Map<string, Window>()
  const write = (level: 'warn' | 'info', key: string, details: object, message: string): void => {
    const opened = now()
    const last = windows.get(key)
    // Another message is logged sooner.
    const quiet = message === last?.message ? last.milliseconds : FIRST_WINDOW_MS
    if (last !== undefined && Math.abs(opened - last.opened) < quiet) {
      last.suppressed += 1
      return
    }
    const suppressed = last?.suppressed ?? 0
    const goesOn = last !== undefined && suppressed > 0 && opened - last.opened < 2 * last.milliseconds
    const milliseconds = goesOn ? Math.min(2 * last.milliseconds, LAST_WINDOW_MS) : FIRST_WINDOW_MS
    windows.set(key, { opened, milliseconds, message, suppressed: 0 })
    logger[level](suppressed > 0 ? { ...details, suppressed } : details, message)
  }
  return {
    warn: (key, details, message) => write('warn', key, details, message),
    info: (key, details, message) => write('info', key, details, message),
  }
}
