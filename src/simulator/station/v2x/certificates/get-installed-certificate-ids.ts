import type { CertificateHashDataType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { GetCertificateIdUseEnumType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { CertificateStore } from '../../certificate-store.ts'
import type { RootUse } from '../../trusted-roots.ts'
import type { Station2x } from '../station-2x.ts'
import { storeOf } from './store.ts'

/** Whose roots; V2GCertificateChain is what the station presents to vehicles. */
const useOf: Readonly<Record<GetCertificateIdUseEnumType, RootUse | undefined>> = {
  CSMSRootCertificate: 'csms',
  ManufacturerRootCertificate: 'manufacturer',
  V2GRootCertificate: 'v2g',
  MORootCertificate: 'mo',
  OEMRootCertificate: 'oem',
  V2GCertificateChain: undefined,
}

/** In the order in which they are listed. */
const types201 = [
  'CSMSRootCertificate',
  'ManufacturerRootCertificate',
  'V2GRootCertificate',
  'MORootCertificate',
  'V2GCertificateChain',
] as const
const types21 = [...types201, 'OEMRootCertificate'] as const

/** A chain names so many certificates between leaf and root. */
const mostChildren = 4

/** [2.0.1 M03] Without a type, of all types. */
export const getInstalledCertificateIds: Handler<
  Actions201,
  'GetInstalledCertificateIds',
  Station2x
> = ({ certificateType = types201 }, station) => list(certificateType, storeOf(station))

/** 2.1 knows roots of vehicle makers, too. */
export const getInstalledCertificateIds21: Handler<
  Actions21,
  'GetInstalledCertificateIds',
  Station2x
> = ({ certificateType = types21 }, station) => list(certificateType, storeOf(station))

function list<Type extends GetCertificateIdUseEnumType>(
  wanted: readonly Type[],
  store: CertificateStore,
) {
  const found = [...new Set(wanted)].flatMap((type) => chainsOf(type, store))
  return found.length === 0
    ? { status: 'NotFound' as const }
    : { status: 'Accepted' as const, certificateHashDataChain: found }
}

interface Chain<Type> {
  readonly certificateType: Type
  readonly certificateHashData: CertificateHashDataType
  readonly childCertificateHashData?: CertificateHashDataType[]
}

function chainsOf<Type extends GetCertificateIdUseEnumType>(
  certificateType: Type,
  store: CertificateStore,
): Chain<Type>[] {
  const use = useOf[certificateType]
  if (use) {
    return store.trusted
      .hashes(use)
      .map((certificateHashData) => ({ certificateType, certificateHashData }))
  }
  return store.vehicleChains().map(({ hash, children }) => ({
    certificateType,
    certificateHashData: hash,
    ...(children.length > 0 && { childCertificateHashData: children.slice(0, mostChildren) }),
  }))
}
