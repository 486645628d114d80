import type { CsmsEvent } from '../csms/events.ts'
import { CsmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import type { ApiOptions } from './api/api-options.ts'
import { readEvents, type ServerSentEvent } from './api/event-stream.ts'
import { OperatorClient } from './api/operator-client.ts'
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
/** Something is sent every 15 seconds: who is silent for so long is gone. */
const quietMs = 45_000

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
  const client = new OperatorClient(ctx, options)
  let lastId: string | undefined
  let wasThere = false
  let isThere = false
  for (;;) {
    try {
      const response = await client.request(
        'streamEvents',
        { query: { stationId: options.station, types: options.types, frames: options.frames } },
        {
          signal,
          quietMs,
          ...(lastId !== undefined && { headers: { 'Last-Event-ID': lastId } }),
        },
      )
      if (wasThere) ctx.stderr.write('The csms is back.\n')
      wasThere = true
      isThere = true
      for await (const event of readEvents(response.body)) {
        lastId = event.id ?? lastId
        print(ctx, event, options.json ?? false)
      }
      ctx.stderr.write('The connection ended; coming back.\n')
    } catch (error) {
      const mayCome = !(error instanceof CsmsError) || error.code === 'CSMS_API_UNREACHABLE'
      if (signal.aborted || !wasThere || !mayCome) throw error
      if (isThere) ctx.stderr.write('The connection broke; coming back.\n')
    }
    isThere = false
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
