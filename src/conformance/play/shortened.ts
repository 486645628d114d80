/** Characters. */
const longest = 1000

/** A sentence that may hold what a peer sent, which may be of any length. */
export function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
