const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length

const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]

export const median = (values) => quantile(values, 1 / 2)
export const lowerQuartile = (values) => quantile(values, 1 / 4)

/** Two-sided 95 % of Student's distribution, by degrees of freedom. */
const STUDENT = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26]

/** The mean of what separate runs gave, and half of the interval that holds it. */
export function interval(values) {
  const center = mean(values)
  const variance = values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1)
  return { center, half: (STUDENT[values.length - 2] ?? 2) * Math.sqrt(variance / values.length) }
}
