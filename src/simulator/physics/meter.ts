/** The energy meter of an EVSE. Invariant: neither register ever falls. Units: Wh. */
export class Meter {
  #importWh: number
  #exportWh = 0

  constructor(importWh: number) {
    this.#importWh = importWh
  }

  /** Energy.Active.Import.Register. */
  get importWh(): number {
    return this.#importWh
  }

  /** Energy.Active.Export.Register. */
  get exportWh(): number {
    return this.#exportWh
  }

  /** @param wh not negative */
  countImport(wh: number): void {
    this.#importWh += wh
  }

  /** @param wh not negative */
  countExport(wh: number): void {
    this.#exportWh += wh
  }
}
