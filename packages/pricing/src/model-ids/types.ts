/** A model id on its way to a listed one, with what the parts taken off it said. */
export interface ModelIdForm {
  readonly id: string
  /** The provider that a prefix names. */
  readonly provider?: string
  readonly regionClass?: string
  readonly region?: string
  readonly batch?: boolean
  readonly free?: boolean
  readonly provisioned?: boolean
}

/** One way in which ids are written. Purely syntactic: it takes off or rewrites a part that the provider documents, or returns undefined. */
export interface ModelIdRule {
  readonly name: string
  read(form: ModelIdForm): ModelIdForm | undefined
}
