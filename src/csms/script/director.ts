import type { Finding } from '../../ocpp/rpc/findings.ts'
import { type CallFrame, messageType } from '../../ocpp/rpc/frame.ts'
import type { OwnReply } from '../../ocpp/rpc/incoming-calls.ts'
import { type CancelTimer, type Clock, isoTime } from '../../shared/clock.ts'
import type { ScriptedSession, SessionScript } from '../gateway/session-script.ts'
import { isMeant } from './glob.ts'
import type { ScriptPart, ServeScript } from './plan.ts'
import type { SendCommand } from './scripted-station.ts'
import { StationPlayer } from './station-player.ts'
import { type EndedBy, exitCodeOf, reasonsOf, type ScriptVerdict } from './verdict.ts'

/** What a script is played on. */
export interface ScriptedSystem {
  readonly send: SendCommand
  /** Real time. */
  readonly clock: Clock
}

/** Plays a script at every station that it is for, and judges what comes of it. */
export class ScriptDirector implements SessionScript {
  /** Resolves when the run is over; never rejects. */
  readonly ended: Promise<ScriptVerdict>
  readonly #script: ServeScript
  readonly #players = new Map<string, StationPlayer>()
  #system: ScriptedSystem | undefined
  #startedMs = 0
  #resolve: (verdict: ScriptVerdict) => void = () => undefined
  #over = false
  #stopWithin: CancelTimer | undefined
  #stopIdle: CancelTimer | undefined

  constructor(script: ServeScript) {
    this.#script = script
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve
    })
  }

  /** Before the first session: from now on `until` counts. */
  begin(system: ScriptedSystem): void {
    const { clock } = system
    this.#system = system
    this.#startedMs = clock.wallMs()
    const { withinMs } = this.#script.until
    if (withinMs !== undefined) {
      this.#stopWithin = clock.after(withinMs, () => this.#end('within'))
    }
    this.#consider()
  }

  /** Ends the run before its time. */
  interrupt(): void {
    this.#end('interrupted')
  }

  opened(session: ScriptedSession): void {
    const known = this.#players.get(session.station.id)
    if (known) known.station.opened(session)
    else this.#welcome(session)
  }

  closed(session: ScriptedSession): void {
    this.#playerOf(session)?.station.closed(session)
  }

  received(session: ScriptedSession, type: number, text: string): void {
    const wanted = type === messageType.call || type === messageType.send
    if (wanted) this.#playerOf(session)?.station.received(session, text)
  }

  sent(session: ScriptedSession, type: number, text: string): void {
    const wanted = type === messageType.callResult || type === messageType.callError
    if (wanted) this.#playerOf(session)?.station.sent(session, text)
  }

  found(session: ScriptedSession, finding: Finding): void {
    this.#playerOf(session)?.found(finding)
  }

  intercept(session: ScriptedSession, frame: CallFrame, own: () => OwnReply): OwnReply {
    const player = this.#over ? undefined : this.#playerOf(session)
    return player ? player.station.intercept(session, frame, own) : own()
  }

  #playerOf({ station }: ScriptedSession): StationPlayer | undefined {
    return this.#players.get(station.id)
  }

  #welcome(session: ScriptedSession): void {
    const part = this.#script.parts.find((one) => isFor(one, session))
    if (!part || !this.#system || this.#over) return
    const player = new StationPlayer(session, {
      part,
      ...this.#system,
      tolerate: this.#script.tolerate,
      ended: () => this.#consider(),
    })
    this.#players.set(session.station.id, player)
    player.begin()
    this.#consider()
  }

  /** Whether the run is over, and if not, whether anybody is playing. */
  #consider(): void {
    const { stations, idleMs } = this.#script.until
    if (this.#over || stations === undefined || !this.#system) return
    const players = [...this.#players.values()]
    if (players.filter(({ isDone }) => isDone).length >= stations) {
      this.#end('done')
      return
    }
    this.#stopIdle?.()
    const idle = !players.some(({ isPlaying }) => isPlaying)
    this.#stopIdle = idle ? this.#system.clock.after(idleMs, () => this.#end('idle')) : undefined
  }

  #end(endedBy: EndedBy): void {
    if (this.#over) return
    this.#over = true
    this.#stopWithin?.()
    this.#stopIdle?.()
    const players = [...this.#players.values()]
    for (const player of players) player.stop(endedBy)
    const { name, file, until } = this.#script
    const stations = players.map((player) => player.verdict)
    const reasons = reasonsOf({ endedBy, stations, wanted: until.stations })
    const exitCode = exitCodeOf(endedBy, reasons)
    this.#resolve({
      name,
      file,
      startedAt: isoTime(this.#startedMs),
      seconds: this.#system ? (this.#system.clock.wallMs() - this.#startedMs) / 1000 : 0,
      passed: reasons.length === 0,
      exitCode,
      endedBy,
      reasons,
      stations,
    })
  }
}

function isFor({ stations, protocol }: ScriptPart, { station, version }: ScriptedSession): boolean {
  if (protocol !== undefined && protocol !== version) return false
  return stations.some((glob) => isMeant(station.id, glob))
}
