import type { CsmsEvent } from '../csms/events.ts'
import { CsmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { readEvents, type ServerSentEvent } from './api/event-stream.ts'
import { type ApiOptions, OperatorClient } from './api/operator-client.ts'
import type { CliContext } from './context.ts'
import { eventJson, eventLine } from './event-line.ts'

export interface WatchOptions extends ApiOptions {
  readonly station?: string
  readonly types?: string
  readonly frames?: boolean
  readonly json?: boolean
}

/** Between attempts to come back. */
const retryMs = 1_000

/**
 * Prints events until it is interrupted. Throws where the first attempt fails; later ones are tried
 * again until they succeed or are refused.
 */
export async function watchEvents(ctx: CliContext, options: WatchOptions): Promise<void> {
  const over = new AbortController()
  const stopListening = ctx.onInterrupt(() => over.abort())
  try {
    await follow(ctx, options, over.signal)
  } catch (error) {
    if (!over.signal.aborted) throw error
  } finally {
    stopListening()
  }
  ctx.exit(exitCodes.passed)
}

async function follow(ctx: CliContext, options: WatchOptions, signal: AbortSignal): Promise<void> {
  const client = new OperatorClient(options)
  let lastId: string | undefined
  let wasThere = false
  for (;;) {
    try {
      const response = await client.request(
        'streamEvents',
        { query: { stationId: options.station, types: options.types, frames: options.frames } },
        signal,
        lastId === undefined ? {} : { 'Last-Event-ID': lastId },
      )
      if (wasThere) ctx.stderr.write('The csms is back.\n')
      wasThere = true
      for await (const event of readEvents(response.body)) {
        lastId = event.id ?? lastId
        print(ctx, event, options.json ?? false)
      }
      ctx.stderr.write('The connection ended; coming back.\n')
    } catch (error) {
      const refused = error instanceof CsmsError && error.code === 'CSMS_API_REFUSED'
      if (signal.aborted || !wasThere || refused) throw error
    }
    await pause(retryMs, signal)
  }
}

function print(ctx: CliContext, { type, data }: ServerSentEvent, json: boolean): void {
  const { time, ...event } = JSON.parse(data) as CsmsEvent & { readonly time: string }
  if (type === 'missed' || type === 'dropped') {
    ctx.stderr.write(
      type === 'missed'
        ? 'What happened in between is not known any more.\n'
        : 'This reader was too slow and was let go.\n',
    )
    return
  }
  ctx.stdout.write(`${json ? eventJson(event, time) : eventLine(event, time)}\n`)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
