/** What the conventions call inference. */
export const INFERENCE: ReadonlySet<unknown> = new Set(['chat', 'generate_content', 'text_completion'])

/** Operations that are one call of a model each. Those of agents, chains and tools around it may make many. */
export const OF_MODELS: ReadonlySet<unknown> = new Set([...INFERENCE, 'embeddings'])

/** Operations whose responses state usage: only there is it worth saying that it is missing. */
export const WITH_USAGE: ReadonlySet<unknown> = new Set([...OF_MODELS, 'fetch_batch_results'])

/**
 * Operations whose spans aren't named after a model: their subject is a response or an agent, and its id has high
 * cardinality.
 */
export const WITHOUT_MODEL: ReadonlySet<unknown> = new Set(['fetch_response', 'invoke_agent'])
