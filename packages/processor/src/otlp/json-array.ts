/**
 * Cuts elements out of a JSON array, each with one comma. `elements` and `cuts` are ranges (start, end, start, end, ...), and
 * `cut` removes a range. Returns how many elements are left.
 */
export function cutElements(
  elements: readonly number[],
  cuts: readonly number[],
  cut: (start: number, end: number) => void,
): number {
  const starts = new Set(cuts)
  const isCut = (element: number): boolean => starts.has(elements[element]!)
  let lastKept = elements.length - 2
  while (lastKept >= 0 && isCut(lastKept)) lastKept -= 2
  let kept = 0
  for (let element = 0; element < elements.length; element += 2) {
    if (!isCut(element)) kept++
    else if (element < lastKept) cut(elements[element]!, elements[element + 2]!)
    else cut(element === 0 ? elements[0]! : elements[element - 1]!, elements[element + 1]!)
  }
  return kept
}
