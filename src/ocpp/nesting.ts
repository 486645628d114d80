/**
 * No payload of OCPP is nested half as deep. What is much deeper cannot be written as JSON again, or
 * sent to another process: both take a stack frame a level.
 */
export const deepestNesting = 64

/** Whether JSON data is nested deeper than so many levels. */
export function isNestedDeeper(value: unknown, levels = deepestNesting): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  return inner.some((one) => isNestedDeeper(one, levels - 1))
}
