import type { GenAiSpan } from '../../src/dialects/types.ts'

/** A span as some emitter writes it. */
export interface EmittedSpan {
  readonly resource?: Readonly<Record<string, unknown>>
  readonly scope?: string | null
  readonly name?: string | null
  readonly attributes: Readonly<Record<string, unknown>>
  readonly events?: readonly {
    readonly name: string
    readonly attributes: Readonly<Record<string, unknown>>
  }[]
}

/** A call as a family writes it, and what it says. */
export interface DialectCall extends EmittedSpan {
  readonly reads: Partial<GenAiSpan> & { readonly conversationId?: string }
}
