/** What the conventions call inference. */
export const INFERENCE: ReadonlySet<string> = new Set(['chat', 'generate_content', 'text_completion'])

/** Operations whose responses state usage: only there is it worth saying that it is missing. */
export const WITH_USAGE: ReadonlySet<unknown> = new Set([...INFERENCE, 'embeddings', 'fetch_batch_results'])

/**
 * Operations whose spans aren't named after a model: their subject is a response or an agent, and its id has high
 * cardinality.
 */
export const WITHOUT_MODEL: ReadonlySet<unknown> = new Set(['fetch_response', 'invoke_agent'])
