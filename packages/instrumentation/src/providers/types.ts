import type { ObservedResponse, RequestHead } from '../wire/types.ts'

/** Who bills for a call, told by host and, where hosts are shared, by path. Data and one pure function. */
export interface Provider {
  /** `gen_ai.provider.name`; the file is named after it with `.` and `_` as `-`. */
  readonly name: string
  /** No allocation: called for every outgoing request. */
  matches(request: RequestHead): boolean
  /** Whether an answer's headers say whose it is; asked where nobody claims the address. */
  signs?(header: ObservedResponse['header']): boolean
}
