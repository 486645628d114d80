import type { Server } from 'node:net'
import { Child } from '../../platform/child-process.ts'
import type { ProcessUsage } from '../../platform/process-usage.ts'
import type { Clock } from '../../shared/clock.ts'
import { CsmsError, errors } from '../../shared/errors.ts'
import type { UpgradeRequest } from '../../transport/admission.ts'
import type { CountersSnapshot } from '../counters.ts'
import type { AccessChanged, StationAccess } from '../domain/security.ts'
import type { TokenNews } from '../domain/token.ts'
import type { Wanted } from '../event-hub.ts'
import type { CsmsEvent } from '../events.ts'
import type { Store } from '../store/store.ts'
import { type Handover, HandoverQueue } from './handover-queue.ts'
import type { FromMember, Load, MemberStart, ToMember } from './messages.ts'
import type { AnswerTo, Kind, Question } from './questions.ts'
import type { Decision } from './secure-entry.ts'
import type { TokenDesk } from './token-desk.ts'

export interface MemberEvents {
  readonly desk: TokenDesk
  /** Somebody asks in over TLS at this process. */
  knock(request: UpgradeRequest): Promise<Decision>
  /** A connection that was let in did not get to its process. */
  missed(process: number): void
  accessChanged: AccessChanged
  /** A transaction of its did something to a token. */
  tokenNews(news: TokenNews): void
  events(events: readonly CsmsEvent[]): void
  /** It ended before it was told to. */
  died(reason: string): void
}

/** What a member told when it was ready. */
export interface Ready {
  readonly storeKind: Store['kind']
  readonly stationIds: readonly string[]
  readonly access: readonly (readonly [string, StationAccess])[]
}

interface Asked {
  readonly resolve: (answer: AnswerTo<Kind>) => void
  readonly reject: (error: Error) => void
}

/** The front's end of the channel to one process of the cluster. */
export class MemberLink {
  /** Resolves when it can take sockets; rejects with why it cannot. */
  readonly ready: Promise<Ready>
  readonly ended: Promise<void>
  /** What it counted in all, once it closed. */
  counters: CountersSnapshot | undefined
  usage: ProcessUsage = { cpuSeconds: 0, rssBytes: 0 }
  readonly #child: Child<FromMember, ToMember>
  readonly #name: string
  readonly #events: MemberEvents
  readonly #asked = new Map<number, Asked>()
  readonly #handovers: HandoverQueue
  #lastId = 0
  #handedOver = 0
  /** Id of the socket that has not arrived yet. */
  #underWay: number | undefined
  #load: Load = { taken: 0, connections: 0 }
  #closing = false

  /** @param clock real time */
  constructor(start: MemberStart, clock: Clock, events: MemberEvents) {
    this.#handovers = new HandoverQueue(clock, (socket, parcel, ticket) => {
      this.#lastId += 1
      this.#handedOver += 1
      this.#underWay = this.#lastId
      this.#child.send({ kind: 'upgrade', id: this.#underWay, parcel, ticket }, socket)
    })
    this.#name = `process ${start.process + 1} of ${start.processes}`
    this.#events = events
    let readied: (ready: Ready) => void = () => undefined
    let failed: (error: Error) => void = () => undefined
    this.ready = new Promise((resolve, reject) => {
      readied = resolve
      failed = reject
    })
    let over: () => void = () => undefined
    this.ended = new Promise((resolve) => {
      over = resolve
    })
    this.#child = new Child<FromMember, ToMember>('csms/cluster/member-process', {
      message: (message) => {
        if (message.kind === 'ready') readied(message)
        else if (message.kind === 'failed') failed(asError(message))
        else this.#receive(message)
      },
      ended: ({ code, signal, lastWords }) => {
        const how = signal ?? `code ${code}`
        const reason = `${this.#name} of the CSMS ended (${how}) ${lastWords}`.trim()
        failed(new Error(reason))
        for (const { reject } of this.#asked.values()) reject(new Error(reason))
        this.#asked.clear()
        over()
        if (!this.#closing) events.died(reason)
      },
    })
    this.#child.send({ kind: 'start', start })
  }

  /** WebSockets it has or is about to have. */
  get connections(): number {
    const underWay = this.#handedOver - this.#load.taken
    return this.#load.connections + underWay + this.#handovers.length
  }

  /** Hands over a socket when its turn comes; from then on nothing of it passes this process. */
  handOver(handover: Handover): void {
    this.#handovers.add(handover)
  }

  /** Lets it accept TLS from a socket that all processes share. */
  share(server: Server): Promise<void> {
    return this.#child.share({ kind: 'share' }, server)
  }

  /** A connection is on its way to it that this process does not hand over. */
  expect(): void {
    this.#handedOver += 1
  }

  /** It will not come. */
  missed(): void {
    this.#handedOver -= 1
  }

  ask<K extends Kind>(question: Question & { readonly kind: K }): Promise<AnswerTo<K>> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve, reject) => {
      if (!this.#child.alive) {
        reject(new Error(`${this.#name} is gone`))
        return
      }
      this.#asked.set(id, { resolve: (answer) => resolve(answer as AnswerTo<K>), reject })
      this.#child.send({ kind: 'ask', id, question })
    })
  }

  /** From now on it tells so much. */
  want(wanted: Wanted): void {
    this.#child.send({ kind: 'want', wanted })
  }

  close(code: number, reason: string, timeoutMs: number): void {
    this.#closing = true
    this.#handovers.close()
    this.#child.send({ kind: 'close', code, reason, timeoutMs })
  }

  kill(): void {
    this.#closing = true
    this.#child.kill()
  }

  #receive(message: Exclude<FromMember, { kind: 'ready' | 'failed' }>): void {
    const { desk } = this.#events
    switch (message.kind) {
      case 'answer':
        this.#settle(message.id)?.resolve(message.answer)
        break
      case 'unanswered':
        this.#settle(message.id)?.reject(new Error(message.reason))
        break
      case 'arrived':
        this.#arrived(message.id)
        break
      case 'usage':
        this.usage = message.usage
        this.#load = message.load
        if (this.#handovers.isStuck) this.#giveUp()
        break
      case 'load':
        this.#load = message.load
        break
      case 'events':
        this.#events.events(message.events)
        break
      case 'claim': {
        const granted = desk.claim(message.idToken)
        this.#child.send({ kind: 'claimed', id: message.id, granted })
        break
      }
      case 'knock':
        void this.#knocked(message.id, message.request)
        break
      case 'missed':
        this.#events.missed(message.process)
        break
      case 'access':
        this.#events.accessChanged(message.stationId, message.access)
        break
      case 'tokenNews':
        this.#events.tokenNews(message.news)
        break
      case 'tokenBegun':
        desk.begun(message.idToken)
        break
      case 'tokenEnded':
        desk.ended(message.idToken)
        break
      case 'closed':
        this.counters = message.counters
        this.usage = message.usage
    }
  }

  async #knocked(id: number, request: UpgradeRequest): Promise<void> {
    this.#child.send({ kind: 'decided', id, decision: await this.#events.knock(request) })
  }

  #arrived(id: number): void {
    // The channel keeps its order: by now this process has let go of the socket.
    this.#child.send({ kind: 'yours', id })
    if (id !== this.#underWay) {
      // Given up too early.
      this.#handedOver += 1
      return
    }
    this.#underWay = undefined
    this.#handovers.arrived()
  }

  #giveUp(): void {
    this.#underWay = undefined
    this.#handedOver -= 1
    this.#handovers.arrived()
  }

  #settle(id: number): Asked | undefined {
    const asked = this.#asked.get(id)
    this.#asked.delete(id)
    return asked
  }
}

function asError({ code, message }: Extract<FromMember, { kind: 'failed' }>): CsmsError {
  return new CsmsError(code, errors[code].exit, message)
}
