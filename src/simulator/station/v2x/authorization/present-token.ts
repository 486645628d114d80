import type { IdToken, StepResult } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import { failed } from '../../step-result.ts'
import type { Station2x } from '../station-2x.ts'
import { authorizers } from './authorizer.ts'

/**
 * Somebody presents a token to charge with. A master pass starts nothing: without a display to choose
 * from, it ends all that goes on [2.0.1 C16.FR.02, FR.03].
 */
export async function presentToken(
  station: Station2x,
  evse: Evse,
  token: IdToken,
): Promise<StepResult> {
  const authorizer = authorizers.of(station)
  const answer = await authorizer.ask(evse, token)
  if (!answer.ok || !authorizer.isMasterPass(token)) return answer
  const { services, sessions } = station
  const open = sessions.open
  await Promise.all(
    open.map((session) => services.stopEnergy(session.evse, { cause: 'local', token })),
  )
  const reason = `${token.idToken} is a master pass: it starts nothing, and ended ${open.length}`
  return failed(reason, answer.answer)
}
