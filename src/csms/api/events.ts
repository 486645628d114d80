import type { ServerResponse } from 'node:http'
import type { Clock } from '../../shared/clock.ts'
import { expectReading } from '../../transport/stall.ts'
import type { Told } from '../event-hub.ts'
import { eventTypes } from '../events.ts'
import { flagParameter, namesParameter, textParameter } from './parameters.ts'
import { Problem } from './problem.ts'
import { route } from './route.ts'
import { ref } from './schema.ts'

/** Streams at once; each is a socket and a place in every event's way. */
const mostStreams = 64
/** Who has not read so much is told so and let go: others do not wait, and memory ends. */
const longestBacklog = 1024 * 1024
/** A comment, so that proxies and readers see that it lives. */
const keepAliveMs = 15_000
/** How long a slow reader may take to read its last word. */
const lastWordMs = 5_000

export const getEvents = route({
  method: 'GET',
  path: '/api/v1/events',
  id: 'streamEvents',
  tag: 'Messages',
  summary: 'Everything that happens, as server-sent events',
  description:
    'The event’s name is its type, its data an Event as JSON. Frames come only with `frames=true`, or alone with `types=frame`. Who comes back with `Last-Event-ID` is told what happened in between, or with `missed` that it is not known any more. Who reads too slowly is told `dropped`, and the stream ends.',
  role: 'viewer',
  isEndless: true,
  query: {
    stationId: textParameter('Only of this station.'),
    types: namesParameter('Only these types.', eventTypes),
    frames: flagParameter('Every frame, too, without its secrets.'),
  },
  answers: {
    200: {
      description: 'A stream without an end.',
      schema: {
        type: 'string',
        contentMediaType: 'application/json',
        contentSchema: ref('Event'),
      },
      contentType: 'text/event-stream',
    },
  },
  problems: [429],
  handle({ request, response, query, services }) {
    const { hub, clock } = services
    if (hub.subscribers >= mostStreams) {
      throw new Problem(429, 'TOO_MANY_STREAMS', `There are ${mostStreams} readers already.`, {
        'Retry-After': '10',
      })
    }
    const types = query.types && new Set(query.types)
    const frames = query.frames ?? types?.has('frame') ?? false
    const isWanted = ({ event }: Told): boolean => {
      if (event.type === 'frame' ? !frames : types?.has(event.type) === false) return false
      if (query.stationId === undefined) return true
      return 'stationId' in event && event.stationId === query.stationId
    }
    const stream = new EventStream(response, clock)
    const lastId = request.headers['last-event-id']
    if (typeof lastId === 'string') {
      const missed = hub.after(lastId)
      if (missed) for (const told of missed.filter(isWanted)) stream.tell(told)
      else stream.say('missed', { after: lastId }, hub.lastId)
    }
    if (stream.isOver) return
    const hear = (told: Told): void => {
      if (isWanted(told)) stream.tell(told)
    }
    stream.ended = hub.subscribe({ frames, hear })
  },
})

/** One reader of server-sent events. */
class EventStream {
  /** Called once, when the reader is gone or let go. */
  ended: () => void = () => undefined
  readonly #response: ServerResponse
  readonly #clock: Clock
  #stopKeepAlive: () => void
  #over = false

  constructor(response: ServerResponse, clock: Clock) {
    this.#response = response
    this.#clock = clock
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      // Proxies that gather answers would hold events back.
      'X-Accel-Buffering': 'no',
    })
    expectReading(response)
    response.write(':\n\n')
    response.on('close', () => this.#end())
    this.#stopKeepAlive = this.#keepAlive()
  }

  get isOver(): boolean {
    return this.#over
  }

  tell({ id, time, event }: Told): void {
    this.say(event.type, { time, ...event }, id)
  }

  say(type: string, data: object, id?: string): void {
    if (this.#over) return
    const head = id === undefined ? '' : `id: ${id}\n`
    // JSON holds no line breaks: the data is one line.
    this.#response.write(`${head}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
    if (this.#response.writableLength > longestBacklog) this.#drop()
  }

  #drop(): void {
    this.#end()
    const reason = `more than ${longestBacklog} bytes were not read`
    this.#response.end(`event: dropped\ndata: ${JSON.stringify({ reason })}\n\n`)
    const cancel = this.#clock.after(lastWordMs, () => this.#response.destroy())
    this.#response.on('close', cancel)
  }

  #end(): void {
    if (this.#over) return
    this.#over = true
    this.#stopKeepAlive()
    this.ended()
  }

  #keepAlive(): () => void {
    return this.#clock.after(keepAliveMs, () => {
      this.#response.write(':\n\n')
      this.#stopKeepAlive = this.#keepAlive()
    })
  }
}
