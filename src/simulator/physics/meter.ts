/** The energy meter of an EVSE. Invariant: no register ever falls. Units: Wh. */
export class Meter {
  #importWh: number
  #exportWh = 0
  #importVarh = 0
  #exportVarh = 0

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

  /** What an inverter absorbed on purpose. */
  get importVarh(): number {
    return this.#importVarh
  }

  /** What an inverter injected on purpose. */
  get exportVarh(): number {
    return this.#exportVarh
  }

  /** @param wh not negative */
  countImport(wh: number): void {
    this.#importWh += wh
  }

  /** @param wh not negative */
  countExport(wh: number): void {
    this.#exportWh += wh
  }

  /** @param varh negative = injected */
  countReactive(varh: number): void {
    if (varh > 0) this.#importVarh += varh
    else this.#exportVarh -= varh
  }
}
