interface Request {
  readonly action: string
  readonly payload: object
}

/** Recorded traffic: what csms stations say to csms and hear back, in the order it was drawn. */
export interface Corpus {
  readonly boot: Request
  /** All but boots. */
  readonly requests: readonly Request[]
  /**
   * The same by station, each from its boot to the last moment at which no transaction was open: who
   * says one again and again, with the transaction ids that he was given, breaks no rule of order.
   */
  readonly sessions: readonly (readonly Request[])[]
  readonly answers: Readonly<Record<string, object>>
}

/** One line of `frames.ndjson`, as far as the corpus needs it. */
interface RecordedFrame {
  readonly station: string
  readonly frame: string
}

/** Every VU of k6 holds a copy of its own. */
const mostRequests = 1000

/** Makes a corpus of the frames that a run wrote down; CALLs of stations and their answers only. */
export function corpusOf(ndjson: string): Corpus {
  let boot: Request | undefined
  const requests: Request[] = []
  const answers: Record<string, object> = {}
  const actionOfId = new Map<string, string>()
  const byStation = new Map<string, Request[]>()
  for (const line of ndjson.split('\n')) {
    if (line === '') continue
    const { station, frame: text } = JSON.parse(line) as RecordedFrame
    const frame = JSON.parse(text) as readonly unknown[]
    const id = String(frame[1])
    if (frame[0] === 2) {
      const request = { action: String(frame[2]), payload: frame[3] as object }
      actionOfId.set(id, request.action)
      if (request.action === 'BootNotification') boot = request
      else if (requests.length < mostRequests) {
        requests.push(request)
        byStation.set(station, [...(byStation.get(station) ?? []), request])
      }
    } else if (frame[0] === 3) {
      const action = actionOfId.get(id)
      if (action) answers[action] = frame[2] as object
    }
  }
  if (!boot) throw new Error('nobody booted in the recorded run')
  const sessions = [...byStation.values()].map(whole).filter(({ length }) => length > 0)
  if (sessions.length === 0) throw new Error('nobody ended a transaction in the recorded run')
  return { boot, requests, sessions, answers }
}

/** Up to the last end of a transaction. */
function whole(requests: readonly Request[]): readonly Request[] {
  return requests.slice(0, requests.findLastIndex(({ action }) => action === 'StopTransaction') + 1)
}
