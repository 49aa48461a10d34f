/** The tables of the schema `storage` that hold spans: what counts, and what doesn't. */
export const TABLES = ['calls', 'uncounted'] as const
export type Table = (typeof TABLES)[number]
