import type { TrafficPlan } from '../scenario/plan.ts'
import { ArrivalLine, type Waiting } from './arrival-line.ts'
import type { Arrival, Player } from './executor.ts'
import type { LoadStation } from './load-station.ts'

export interface SessionPoolOptions {
  readonly backlog: TrafficPlan['backlog']
  /** Stations of this worker that will be in the pool. */
  readonly stations: number
  readonly arrived: (arrival: Arrival) => void
}

interface Member {
  readonly player: Player
  /** Known when it was first ready. */
  station: LoadStation | undefined
  playing: boolean
}

/**
 * Standing stations that play a session each time one is due: the one whose turn it is if it is
 * free, otherwise the one that has been free the longest. Where none is, the session waits or is
 * dropped, as the backlog policy says.
 */
export class SessionPool {
  readonly #arrived: (arrival: Arrival) => void
  readonly #line: ArrivalLine
  readonly #members = new Map<number, Member>()
  /** In the order in which they became free; one may have gone offline since. */
  readonly #free = new Set<number>()

  constructor({ backlog, stations, arrived }: SessionPoolOptions) {
    this.#arrived = arrived
    this.#line = new ArrivalLine(backlog, stations)
  }

  /** Sessions that wait for a station. */
  get waiting(): number {
    return this.#line.length
  }

  /** A station joins the pool; it plays as soon as it is ready. */
  join(player: Player): void {
    this.#members.set(player.index, { player, station: undefined, playing: false })
  }

  /** A station is ready: for the first time, or again after a break. */
  ready(station: LoadStation): void {
    const member = this.#members.get(station.index)
    if (!member) return
    member.station = station
    if (!member.playing) this.#freed(station.index)
  }

  /** A session falls due; `home` is the station whose turn it is. */
  arrive(home: number, intendedMicros: number, dueMicros: number): void {
    const due = { home, intendedMicros, dueMicros }
    const member = this.#line.length === 0 ? this.#takeFree(home) : undefined
    if (member) this.#begin(member, due)
    else if (!this.#line.add(due)) this.#tell(due, home, 'dropped')
  }

  /** Nothing begins any more: what waits never will. */
  close(): void {
    for (const due of this.#line.clear()) this.#tell(due, due.home, 'unbegun')
  }

  #begin(member: Member, due: Waiting): void {
    const { index } = member.player
    member.playing = true
    this.#tell(due, index, 'begun')
    member.player.play({ standing: true }, () => {
      member.playing = false
      if (member.station?.ready) this.#freed(index)
    })
  }

  #freed(index: number): void {
    this.#free.add(index)
    while (this.#line.length > 0) {
      const member = this.#takeFree(undefined)
      const due = member && this.#line.take()
      if (!member || !due) return
      this.#begin(member, due)
    }
  }

  /** A free station, that is then free no longer. */
  #takeFree(home: number | undefined): Member | undefined {
    if (home !== undefined && this.#free.delete(home)) {
      const member = this.#members.get(home)
      if (member?.station?.ready) return member
    }
    for (const index of this.#free) {
      this.#free.delete(index)
      const member = this.#members.get(index)
      // One that went offline is told of when it is ready again.
      if (member?.station?.ready) return member
    }
    return undefined
  }

  #tell({ intendedMicros, dueMicros }: Waiting, station: number, fate: Arrival['fate']): void {
    this.#arrived({ kind: 'session', station, action: '', fate, intendedMicros, dueMicros })
  }
}
