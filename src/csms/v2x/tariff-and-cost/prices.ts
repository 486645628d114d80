import type { MessageContentType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Tariff } from '../../../ocpp/tariff/tariff.ts'
import type { StationContext } from '../../domain/domain.ts'

interface Prices {
  readonly personalMessage?: MessageContentType
  readonly tariff?: Tariff
}

/** What a driver who is accepted hears of his prices [2.0.1 I01] [2.1 I08.FR.01, FR.09]. */
export function pricesFor({ domain, version }: StationContext, idToken: string): Prices {
  const { tariffs, tokens } = domain
  if (!tariffs) return {}
  const token = tokens.get(idToken)
  const personalMessage = textOf(tariffs.of(token))
  const own = version === 'ocpp2.1' ? tariffs.own(token) : undefined
  return { ...(personalMessage && { personalMessage }), ...(own && { tariff: alwaysValid(own) }) }
}

/** The first description that both versions can show. */
function textOf(tariff: Tariff | undefined): MessageContentType | undefined {
  for (const { format, content, language } of tariff?.description ?? []) {
    if (format === 'QRCODE' || content.length > 512) continue
    return { format, content, ...(language !== undefined && { language }) }
  }
  return undefined
}

/** A driver's tariff has no date [2.1 I08.FR.09]. */
function alwaysValid(tariff: Tariff): Tariff {
  const { validFrom: _, ...always } = tariff
  return always
}
