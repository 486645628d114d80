/** What all transfers of a process have in common. */
export interface TransferOptions {
  /** Real ms that a server may stay silent. */
  readonly timeoutMs: number
  /** Real ms that a transfer may take: a server that drips holds the place of another. */
  readonly longestMs: number
  /** A longer file is refused: it is held in memory while it is checked. */
  readonly longestDownloadBytes: number
  /** PEM texts that HTTPS servers are judged by; undefined: those of the system. */
  readonly ca?: string | undefined
  /** HTTPS servers are not judged at all. */
  readonly insecure: boolean
}
