import { citrineosPreset } from './citrineos.ts'
import { csmsPreset } from './csms.ts'
import { genericPreset } from './generic.ts'
import type { Preset } from './preset.ts'
import { stevePreset } from './steve.ts'

export type PresetName = 'csms' | 'generic' | 'citrineos' | 'steve'

export const presetNames: readonly PresetName[] = ['csms', 'generic', 'citrineos', 'steve']

/** The APIs that need no words of their own. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  csms: csmsPreset,
  generic: genericPreset,
  citrineos: citrineosPreset,
  steve: stevePreset,
}
