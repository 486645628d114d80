import { httpRequest, textOf } from '../../../platform/http-request.ts'
import type { Scene } from '../../play/scene.ts'
import { CaseError } from '../../play/stage.ts'
import type { Move } from '../case.ts'
import { does } from '../moves.ts'

/** How logs get to places that want a name and a password, which stand in the URL. */
interface GuardedPlace {
  /** `uploadPlace` is what the CSMS is to tell. */
  readonly chosen: Move
  /** What it told, `remoteLocation`, is a place that a station can bring a log to. */
  readonly asWanted: Move
  /** A log is brought there, where the fixture says that somebody takes it. */
  readonly brought: Move
}

const fixtureOf = { http: 'guardedUploadUrl', https: 'guardedUploadTlsUrl' } as const

/**
 * A place of one scheme. Without its fixture the CSMS is to tell of one where nobody is, and what it
 * tells is all there is to judge.
 */
export function guardedPlace(scheme: 'http' | 'https'): GuardedPlace {
  const fixture = fixtureOf[scheme]
  return {
    chosen: does(`a place of ${scheme} that wants a password`, ({ values }) => {
      const nowhere = `${scheme}://station:upload-secret@127.0.0.1/uploads/`
      values.set('uploadPlace', values.get(fixture) ?? nowhere)
    }),
    asWanted: asWanted(scheme),
    brought: does(`a log is brought over ${scheme}`, async (scene) => {
      const guarded = scene.values.get(fixture)
      const told = String(scene.values.get('remoteLocation'))
      if (typeof guarded === 'string' && URL.canParse(told)) await bring(scene, told, guarded)
    }),
  }
}

/** Over this scheme, with a name and a password; no fragment, no query that ends with a slash. */
function asWanted(scheme: 'http' | 'https'): Move {
  return does(`a place of ${scheme} with name and password`, (scene) => {
    const told = String(scene.values.get('remoteLocation'))
    const { protocol, named, fragment, query } = placeOf(told)
    const check = (name: string, passed: boolean, clause: string) =>
      scene.check(name, passed, { detail: told.replace(/\/\/[^/@]*@/, '//***@'), clause })
    check('scheme', protocol === `${scheme}:`, '2.1 N01')
    check('name and password', named, '2.1 N01.FR.17, FR.25')
    check('no fragment', !fragment, '2.1 N01.FR.27')
    check('no slash at the end of the query', !query.endsWith('/'), '2.1 N01.FR.28')
  })
}

/** A place that is none has no scheme, either. */
function placeOf(told: string) {
  try {
    const { protocol, username, password, search } = new URL(told)
    const named = username !== '' && password !== ''
    return { protocol, named, fragment: told.includes('#'), query: search }
  } catch {
    return { protocol: '', named: false, fragment: false, query: '' }
  }
}

const fileName = 'probe.log'

/**
 * To the host of the fixture, whatever the CSMS says: nobody is to be led anywhere. The rest is as it
 * was told, and in a folder the name of the file is added [2.1 N01.FR.21, FR.25, FR.29].
 */
async function bring(scene: Scene, told: string, guarded: string): Promise<void> {
  const { pathname, search, username, password } = new URL(told)
  const place = new URL(guarded)
  place.username = ''
  place.password = ''
  place.pathname = search === '' && pathname.endsWith('/') ? pathname + fileName : pathname
  place.search = search
  const login = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')
  const stranger = await posted(scene, place, {})
  scene.check('401 without the password', stranger.status === 401, {
    detail: `HTTP ${stranger.status}`,
    clause: '2.1 N01.FR.17',
    frame: stranger.frame,
  })
  const station = await posted(scene, place, { Authorization: `Basic ${login}` })
  scene.check('taken with the password', Math.floor(station.status / 100) === 2, {
    detail: `HTTP ${station.status}`,
    clause: '2.1 N01.FR.18, FR.26',
    frame: station.frame,
  })
}

/** The HTTP status of an upload, and where it stands in the trace. */
async function posted(
  { probe, stage }: Scene,
  place: URL,
  authorization: { readonly Authorization?: string },
): Promise<{ readonly status: number; readonly frame: number }> {
  const { tlsCa } = stage.fixtures
  try {
    const answer = await httpRequest(place.href, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `form-data; name="uploadfile"; filename="${fileName}"`,
        ...authorization,
      },
      body: 'a log of csms conformance\n',
      ...(typeof tlsCa === 'string' && { ca: tlsCa }),
      signal: AbortSignal.timeout(stage.timeoutMs),
    })
    // Nobody reads it.
    await textOf(answer, 0)
    const { status } = answer
    const how = authorization.Authorization === undefined ? 'without' : 'with'
    return { status, frame: probe.note('open', `a log, ${how} the password: HTTP ${status}`) }
  } catch (error) {
    throw new CaseError(`${place.href} cannot be reached: ${String(error)}`)
  }
}

/** As it is where it is not percent-encoded UTF-8. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
