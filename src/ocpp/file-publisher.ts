/**
 * Where a local controller offers files to the stations behind it [2.0.1 L03]: a small web server in
 * `transport/file-publisher`, memory in tests. Never rejects.
 */
export interface FilePublisher {
  /**
   * Offers a file, in place of an earlier one of that name.
   * @param name of parts that are harmless in a URL, with slashes between them
   * @returns its URLs, one for each protocol; none where it cannot be offered
   */
  publish(name: string, content: Uint8Array): Promise<readonly string[]>
  /** Busy: somebody downloads it at the moment, and it stays. */
  withdraw(name: string): 'withdrawn' | 'busy' | 'unknown'
}
