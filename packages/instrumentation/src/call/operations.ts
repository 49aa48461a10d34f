/** What the conventions call inference. */
export const INFERENCE: ReadonlySet<unknown> = new Set(['chat', 'generate_content', 'text_completion'])

/** A call of a model, of whoever opened its span: spans of agents, chains and tools around one may have many beneath them. */
export const OF_MODELS: ReadonlySet<unknown> = new Set([...INFERENCE, 'embeddings'])

/** Whose responses state a usage: only there is a missing one worth a word. */
export const WITH_USAGE: ReadonlySet<unknown> = new Set([...OF_MODELS, 'fetch_batch_results'])

/** Whose spans aren't named after a model: what they are about has an identifier, of high cardinality. */
export const WITHOUT_MODEL: ReadonlySet<unknown> = new Set(['fetch_response', 'invoke_agent'])
