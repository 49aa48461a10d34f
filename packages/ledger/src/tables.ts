/** The tables of the schema `storage` that hold spans: those that count, and those that don't. */
export const TABLES = ['calls', 'uncounted'] as const
export type Table = (typeof TABLES)[number]
