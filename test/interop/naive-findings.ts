/**
 * What a management system does wrong by doing nothing: it lets everybody charge, knows no groups, prices
 * or limits, and has no handler for what nobody told it of. By what did not hold, the cases that say so.
 */
export const naiveFindings = {
  'ocpp1.6': {
    'MUST 1.6 4.1': '023_1 023_2 023_3',
    'MUST 1.6 4.8': '037_3',
    'MUST 1.6 4.3': '064',
    'MUST 1.6 3.10': '053',
  },
  'ocpp2.0.1': {
    'MUST 2.0.1 B06.FR.05': 'B_08',
    'MUST 2.0.1 B05.FR.11, B06.FR.05, B08.FR.06, D01.FR.11, N04.FR.09, N06.FR.04': 'B_08 N_18',
    'MUST 2.0.1 C01.FR.07': 'C_02 C_06 C_07',
    'MUST 2.0.1 C12.FR.03, E01.FR.11, E01.FR.12': 'C_20',
    'MUST 2.0.1 C01.FR.06, C09.FR.09': 'C_39 C_43',
    'MUST 2.0.1 C09.FR.12': 'C_39 C_40 C_43 C_47 C_48 C_49',
    'MUST 2.0.1 C09.FR.09': 'C_47 C_48 C_49',
    'MUST 2.0.1 E01.FR.12': 'E_16',
    'MUST 2.0.1 I02.FR.01': 'I_01',
    'MUST 2.0.1 I03.FR.02': 'I_02',
    'MUST 2.0.1 K12': 'K_48',
    'MUST 2.0.1 K13': 'K_50 K_51',
    'MUST 2.0.1 K15.FR.03, FR.05': 'K_53 K_55 K_57 K_58 K_59',
    'MUST 2.0.1 L03': 'L_17 L_24 L_19 L_20 L_21 L_22 L_23',
    'MUST 2.0.1 N06.FR.04': 'N_18',
    'MUST 2.0.1 P02.FR.06': 'P_02',
  },
} as const
