import type { FileTransfer, TransferOutcome } from '../../ocpp/file-transfer.ts'
import type { Cancel } from '../../shared/cancel.ts'
import type { StationServices } from './behaviour.ts'

/**
 * The transfers of a station that speaks what it says it speaks [1.6 errata 3.90
 * SupportedFileTransferProtocols] [2.0.1 OCPPCommCtrlr.FileTransferProtocols].
 */
export class SpokenTransfers implements FileTransfer {
  readonly #station: Pick<StationServices, 'files'>
  readonly #spoken: () => readonly string[]

  /** @param spoken schemes in upper case, asked each time */
  constructor(station: Pick<StationServices, 'files'>, spoken: () => readonly string[]) {
    this.#station = station
    this.#spoken = spoken
  }

  download(location: string, cancel: Cancel): Promise<TransferOutcome> {
    const { files } = this.#station
    const refusal = this.#refusal(location)
    return refusal || !files ? failed(refusal) : files.download(location, cancel)
  }

  upload(
    location: string,
    fileName: string,
    content: string,
    cancel: Cancel,
  ): Promise<TransferOutcome> {
    const { files } = this.#station
    const refusal = this.#refusal(location)
    return refusal || !files ? failed(refusal) : files.upload(location, fileName, content, cancel)
  }

  /** What is no URL at all is for the transfer to find out. */
  #refusal(location: string): string | undefined {
    const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(location)?.[1]?.toUpperCase()
    if (scheme === undefined) return undefined
    return this.#spoken().includes(scheme) ? undefined : `this station speaks no ${scheme}`
  }
}

function failed(refusal: string | undefined): Promise<TransferOutcome> {
  return Promise.resolve(
    refusal === undefined
      ? { kind: 'failed', failure: 'failed', reason: 'this station has no network for files' }
      : { kind: 'failed', failure: 'unsupported', reason: refusal },
  )
}
