/** Tags and lengths of a Span's field 9 and of the key in it, read as one number: both lengths are below 128. */
const HEAD = 0x000a_004a
const HEAD_MASK = 0x80ff_80ff
/** Tag and length of the value, likewise. */
const VALUE_HEAD = 0x0012
const VALUE_HEAD_MASK = 0x80ff

/**
 * Where the value field of an attribute begins, if the attribute is like nearly all: a key, a value, nothing else, and short
 * enough for lengths of one byte. Its key begins four bytes after `position`. -1 if anything else is there. This runs for
 * every field of every span, so it reads several bytes at a time.
 *
 *     Span  9 attributes KeyValue     KeyValue  1 key, 2 value
 */
export function shortAttributeValue(view: DataView, position: number, end: number): number {
  if (end - position < 6) return -1
  const head = view.getInt32(position, true)
  if ((head & HEAD_MASK) !== HEAD) return -1
  const attributeEnd = position + 2 + ((head >>> 8) & 0x7f)
  const valueAt = position + 4 + (head >>> 24)
  if (attributeEnd > end || valueAt + 2 > attributeEnd) return -1
  const valueHead = view.getUint16(valueAt, true)
  if ((valueHead & VALUE_HEAD_MASK) !== VALUE_HEAD) return -1
  return valueAt + 2 + (valueHead >>> 8) === attributeEnd ? valueAt : -1
}
