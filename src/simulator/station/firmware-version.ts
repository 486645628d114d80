/** Longest firmware version of a BootNotification [1.6 4.2] [2.0.1 ChargingStationType]. */
const longestVersion = 50

/** The version that the name of a firmware file tells: `2.4.0` of `ac22-2.4.0.bin?signed=1`. */
export function versionOf(location: string): string {
  const path = location.split(/[?#]/)[0] ?? ''
  const file = path.slice(path.lastIndexOf('/') + 1)
  const version = /\d+(?:\.\d+)+(?:-[A-Za-z0-9]+)?/.exec(file)?.[0]
  const plain = version ?? file.replace(/\.[A-Za-z0-9]+$/, '')
  return plain.slice(0, longestVersion) || 'unknown'
}
