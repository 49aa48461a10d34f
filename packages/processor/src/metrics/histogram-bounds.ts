/** Dollars for a call, from a millionth to a hundred. Costs differ by a factor of 10^6, so the steps are logarithmic. */
export const costBounds: readonly number[] = [
  1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1,
  0.25, 0.5, 1, 2.5, 5, 10, 100,
]

/** Seconds, as the conventions advise for `gen_ai.client.operation.duration`: https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/ */
export const durationBounds: readonly number[] = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
]
