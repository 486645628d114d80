import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationContext } from '../../domain/domain.ts'
import { type PublicationTold, publicationStatus } from '../../domain/publications.ts'
import { acknowledge } from '../acknowledge.ts'

const acknowledged = acknowledge('PublishFirmwareStatusNotification')

/** [2.0.1 L03.FR.01] */
export const publishFirmwareStatusNotification: Handler<
  Actions201,
  'PublishFirmwareStatusNotification',
  StationContext
> = (request, context) => learn(request, context)

/** 2.1 may say why. */
export const publishFirmwareStatusNotification21: Handler<
  Actions21,
  'PublishFirmwareStatusNotification',
  StationContext
> = (request, context) => learn(request, context)

function learn(request: PublicationTold, context: StationContext) {
  publicationStatus(request, context)
  return acknowledged(request, context)
}
