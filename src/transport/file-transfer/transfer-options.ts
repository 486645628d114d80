/** What all transfers of a process have in common. */
export interface TransferOptions {
  /** Real ms that a server may stay silent. */
  readonly timeoutMs: number
  /** A longer file is refused: it is held in memory while it is checked. */
  readonly longestDownloadBytes: number
  /** PEM texts that HTTPS servers are judged by; undefined: those of the system. */
  readonly ca?: string | undefined
  /** HTTPS servers are not judged at all. */
  readonly insecure: boolean
}
