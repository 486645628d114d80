import type { FileTransfer, TransferOutcome } from '../../../ocpp/file-transfer.ts'
import type { Cancel } from '../../../shared/cancel.ts'
import type { Behaviour16 } from './behaviour16.ts'

/** The transfers of a station that speaks what its SupportedFileTransferProtocols say [1.6 9.3]. */
export class SpokenTransfers implements FileTransfer {
  readonly #behaviour: Behaviour16

  constructor(behaviour: Behaviour16) {
    this.#behaviour = behaviour
  }

  download(location: string, cancel: Cancel): Promise<TransferOutcome> {
    const { files } = this.#behaviour.station
    const refusal = this.#refusal(location)
    return refusal || !files ? failed(refusal) : files.download(location, cancel)
  }

  upload(
    location: string,
    fileName: string,
    content: string,
    cancel: Cancel,
  ): Promise<TransferOutcome> {
    const { files } = this.#behaviour.station
    const refusal = this.#refusal(location)
    return refusal || !files ? failed(refusal) : files.upload(location, fileName, content, cancel)
  }

  /** What is no URL at all is for the transfer to find out. */
  #refusal(location: string): string | undefined {
    const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(location)?.[1]?.toUpperCase()
    if (scheme === undefined) return undefined
    const spoken = this.#behaviour.settings.value('SupportedFileTransferProtocols').split(/\s*,\s*/)
    return spoken.includes(scheme) ? undefined : `this station speaks no ${scheme}`
  }
}

function failed(refusal: string | undefined): Promise<TransferOutcome> {
  return Promise.resolve(
    refusal === undefined
      ? { kind: 'failed', failure: 'failed', reason: 'this station has no network for files' }
      : { kind: 'failed', failure: 'unsupported', reason: refusal },
  )
}
