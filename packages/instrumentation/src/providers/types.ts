import type { ObservedResponse, RequestHead } from '../wire/types.ts'

/** Who bills for a call, told by host and, where hosts are shared, by path. Data and one pure function. */
export interface Provider {
  /** `gen_ai.provider.name`; its file, if it has one, is named after it with `.` and `_` as `-`. */
  readonly name: string
  /** Called once for each address of calls: the answer is remembered. */
  matches(request: RequestHead): boolean
  /** The provider named by the headers of its responses; asked where no provider is known for the address. */
  signer?(header: ObservedResponse['header']): string | undefined
}
