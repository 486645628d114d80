/** What may stand at the end of a line. */
export interface Suggestions {
  readonly values: readonly Suggestion[]
  /** The shell's own completion of file names fits. */
  readonly files: boolean
}

export interface Suggestion {
  readonly value: string
  /** In a few words. */
  readonly about: string
}

export const nothing: Suggestions = { values: [], files: false }
