import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { dispatcher } from '../served-actions.ts'
import type { Behaviour16 } from './behaviour16.ts'
import { cancelReservation } from './cancel-reservation.ts'
import { certificateSigned } from './certificate-signed.ts'
import { changeAvailability } from './change-availability.ts'
import { changeConfiguration } from './change-configuration.ts'
import { clearCache } from './clear-cache.ts'
import { clearChargingProfile } from './clear-charging-profile.ts'
import { dataTransfer } from './data-transfer.ts'
import { extendedTriggerMessage } from './extended-trigger-message.ts'
import { getCompositeSchedule } from './get-composite-schedule.ts'
import { getConfiguration } from './get-configuration.ts'
import { getDiagnostics } from './get-diagnostics.ts'
import { getLocalListVersion } from './get-local-list-version.ts'
import { getLog } from './get-log.ts'
import {
  deleteCertificate,
  getInstalledCertificateIds,
  installCertificate,
} from './installed-certificates.ts'
import { remoteStartTransaction } from './remote-start-transaction.ts'
import { remoteStopTransaction } from './remote-stop-transaction.ts'
import { reserveNow } from './reserve-now.ts'
import { reset } from './reset.ts'
import { sendLocalList } from './send-local-list.ts'
import { setChargingProfile } from './set-charging-profile.ts'
import { signedUpdateFirmware } from './signed-update-firmware.ts'
import { triggerMessage } from './trigger-message.ts'
import { unlockConnector } from './unlock-connector.ts'
import { updateFirmware } from './update-firmware.ts'

/** What 1.6 stations serve; every other action of the CSMS is NotSupported. */
export const serve16 = dispatcher<Actions16, Behaviour16>({
  CancelReservation: cancelReservation,
  CertificateSigned: certificateSigned,
  ChangeAvailability: changeAvailability,
  ChangeConfiguration: changeConfiguration,
  ClearCache: clearCache,
  ClearChargingProfile: clearChargingProfile,
  DataTransfer: dataTransfer,
  ExtendedTriggerMessage: extendedTriggerMessage,
  DeleteCertificate: deleteCertificate,
  GetCompositeSchedule: getCompositeSchedule,
  GetConfiguration: getConfiguration,
  GetDiagnostics: getDiagnostics,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  GetLocalListVersion: getLocalListVersion,
  GetLog: getLog,
  InstallCertificate: installCertificate,
  RemoteStartTransaction: remoteStartTransaction,
  RemoteStopTransaction: remoteStopTransaction,
  ReserveNow: reserveNow,
  Reset: reset,
  SendLocalList: sendLocalList,
  SetChargingProfile: setChargingProfile,
  SignedUpdateFirmware: signedUpdateFirmware,
  TriggerMessage: triggerMessage,
  UnlockConnector: unlockConnector,
  UpdateFirmware: updateFirmware,
})
