import type { MessageContentType, MessageInfoType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { displayState } from './display-state.ts'

/** Foremost first. */
const priorities = ['AlwaysFront', 'InFront', 'NormalCycle'] as const

/** Understood where nobody is understood [2.0.1 O01.FR.09]. */
const fallback = 'en'

/**
 * The messages that the CSMS put on the display of one station, which survive reboots
 * [2.0.1 O01.FR.10]. What is over is forgotten when somebody next looks.
 */
class DisplayMessages {
  readonly #station: Station2x
  readonly #messages = new Map<number, MessageInfoType>()
  /** By EVSE, the latest last: the languages of who charges there, the preferred first. */
  readonly #languages = new Map<number, readonly string[]>()

  constructor(station: Station2x) {
    this.#station = station
  }

  /** By id. */
  get all(): readonly MessageInfoType[] {
    const nowMs = this.#station.services.wireMs()
    for (const [id, { endDateTime }] of this.#messages) {
      if (endDateTime !== undefined && Date.parse(endDateTime) <= nowMs) this.#messages.delete(id)
    }
    return [...this.#messages.values()].sort((one, other) => one.id - other.id)
  }

  /** How many there would be with this one. */
  countWith(message: MessageInfoType): number {
    return this.all.filter((known) => !takesPlaceOf(message, known)).length + 1
  }

  /** One with the id of another replaces it, as one that is always in front does [2.0.1 O01.FR.16, O06]. */
  set(message: MessageInfoType): void {
    for (const known of this.all) {
      if (takesPlaceOf(message, known)) this.#messages.delete(known.id)
    }
    this.#messages.set(message.id, message)
  }

  /** False: there is none of this id. */
  clear(id: number): boolean {
    return this.all.some((known) => known.id === id) && this.#messages.delete(id)
  }

  /** A transaction is over, and with it what was shown for it [2.0.1 O02.FR.02]. */
  transactionEnded(evse: Evse, transactionId: string): void {
    this.#languages.delete(evse.id)
    for (const [id, message] of this.#messages) {
      if (message.transactionId === transactionId) this.#messages.delete(id)
    }
  }

  /** Who charges here is known to speak these [2.0.1 O01.FR.08]. */
  speaks(evse: Evse, languages: readonly string[]): void {
    this.#languages.delete(evse.id)
    if (languages.length > 0) this.#languages.set(evse.id, languages)
  }

  /** Power was lost: nobody is known any more. */
  forgetDrivers(): void {
    this.#languages.clear()
  }

  /** What the display shows at this instant; several of the same rank take turns [2.0.1 O01.FR.14]. */
  shown(): MessageContentType | undefined {
    const { services, model } = this.#station
    const due = this.all.filter((message) => this.#isDue(message))
    const priority = priorities.find((rank) => due.some((message) => message.priority === rank))
    const turns = due.filter((message) => message.priority === priority)
    const cycleMs = model.integer('DisplayMessageCtrlr.CycleInterval') * 1000
    const message = turns[Math.floor(services.wireMs() / cycleMs) % turns.length]
    return message && this.#translated(message)
  }

  #isDue(message: MessageInfoType): boolean {
    const { services } = this.#station
    const { startDateTime, state } = message
    if (startDateTime !== undefined && Date.parse(startDateTime) > services.wireMs()) return false
    const evse = this.#evseOf(message)
    if (message.transactionId !== undefined && !evse) return false
    return (
      state === undefined || state === displayState(this.#station, evse ? [evse] : services.evses)
    )
  }

  #evseOf({ transactionId }: MessageInfoType): Evse | undefined {
    if (transactionId === undefined) return undefined
    return this.#station.sessions.byTransaction(transactionId)?.evse
  }

  #translated(message: MessageInfoType): MessageContentType {
    const contents = [message.message, ...(message.messageExtra ?? [])]
    for (const language of this.#languagesFor(message)) {
      const content =
        contents.find((one) => one.language?.toLowerCase() === language.toLowerCase()) ??
        contents.find((one) => mainTag(one.language) === mainTag(language))
      if (content) return content
    }
    return message.message
  }

  /** Those of the driver and English; where no driver is known, the station's own. */
  #languagesFor(message: MessageInfoType): readonly string[] {
    const evse = this.#evseOf(message)
    const latest = [...this.#languages.values()].pop()
    const spoken = evse ? this.#languages.get(evse.id) : latest
    if (spoken) return [...spoken, fallback]
    const own = this.#station.model.text('DisplayMessageCtrlr.Language')
    return own === '' ? [] : [own]
  }
}

function takesPlaceOf(message: MessageInfoType, known: MessageInfoType): boolean {
  const bothFront = message.priority === 'AlwaysFront' && known.priority === 'AlwaysFront'
  return known.id === message.id || bothFront
}

/** `de` of `de-AT` [RFC 5646]. */
function mainTag(language: string | undefined): string | undefined {
  return language?.split('-')[0]?.toLowerCase()
}

export const displayMessages = new StationPart((station) => new DisplayMessages(station))
