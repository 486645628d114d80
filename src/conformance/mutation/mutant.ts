import type { CsmsSettings } from '../../csms/options.ts'
import type { RpcErrorCode } from '../../ocpp/rpc/error-codes.ts'
import type { OcppVersion } from '../../ocpp/version.ts'

/** One place of a frame, and what becomes of it. Paths begin at the frame's array: `$[2].status`. */
export type Edit =
  | { readonly path: string; readonly to: unknown }
  | { readonly path: string; readonly drop: true }
  | { readonly path: string; readonly plus: number }
  /** A time, so many seconds away from the true one. */
  | { readonly path: string; readonly away: number }
  /** What stood there in the first frame of this kind, for ever. */
  | { readonly path: string; readonly stuck: true }
  /** A number becomes a text, a text a list. */
  | { readonly path: string; readonly retyped: true }

/**
 * Frames between the CSMS and a station: `call`, `result` and `error` are what the CSMS sends; `heard`
 * and `heardResult` what it makes of the station's CALLs and CALLRESULTs.
 */
export type Side = 'call' | 'result' | 'error' | 'heard' | 'heardResult'

/** What is done to a frame. */
export type Deed =
  | { readonly do: 'edit'; readonly edits: readonly Edit[] }
  | { readonly do: 'swallow' }
  | { readonly do: 'repeat' }
  /** Of a CALL of the station: it gets a CALLERROR, and the CSMS hears nothing. */
  | { readonly do: 'refuse'; readonly code: RpcErrorCode }
  /** Of a CALL of the station: it gets this result, and the CSMS hears nothing. */
  | { readonly do: 'pretend'; readonly payload: object }
  | { readonly do: 'hangUp' }
  /** Sent before it; `{id}` is its message id. */
  | { readonly do: 'precede'; readonly text: string }
  /** In place of it; `{id}` is its message id. */
  | { readonly do: 'say'; readonly text: string }
  /** Arrives as a binary frame. */
  | { readonly do: 'binary' }
  /** Arrives only when the next frame of the same side does. */
  | { readonly do: 'hold' }

/** A CSMS that is wrong about some of its frames. */
export interface FrameFault {
  readonly in: 'frames'
  readonly side: Side
  /** Of the CALL, or of the one that is answered; undefined: any. */
  readonly action?: string
  /** A matcher of that CALL's payload. */
  readonly when?: object
  /** It is right so many times before. */
  readonly after?: number
  readonly deed: Deed
}

/** A CSMS that is wrong about the upgrade. */
export interface UpgradeFault {
  readonly in: 'upgrade'
  readonly wrong:
    | { readonly subprotocol: string }
    /** Refuses every station. */
    | { readonly refuses: number }
    /** Lets in whom it should turn away. */
    | { readonly admits: 'everybody' }
    /** Talks to nobody who was there before. */
    | { readonly onlyOnce: true }
    | { readonly pongs: false }
}

/** A CSMS that was set up wrong, or remembers what is not so. */
interface SetupFault {
  readonly in: 'setup'
  /** Ids of cases, with `*`, that could see it. */
  readonly near: readonly string[]
  readonly options: CsmsSettings
}

export type Fault = FrameFault | UpgradeFault | SetupFault

/** A small fault of a CSMS, to see whether any case notices. */
export interface Mutant {
  /** `16-authorize-forgets-blocked`. */
  readonly id: string
  /** What this CSMS does wrong. */
  readonly title: string
  readonly version: OcppVersion
  /** SHOULD: a warning is enough. */
  readonly level: 'MUST' | 'SHOULD'
  readonly clause: string
  readonly fault: Fault
  /** Why no frame has to tell it, so that no case may be red for it. */
  readonly unseen?: string
}
