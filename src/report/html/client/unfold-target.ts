/** A link may lead into what is folded, or filtered away: it is shown then. */
export function unfoldTarget(): void {
  const unfold = (): void => {
    const id = decodeURIComponent(location.hash.slice(1))
    const target = id === '' ? null : document.getElementById(id)
    if (!target) return
    const hidden = target.closest('.case')
    if (hidden && hidden.getClientRects().length === 0) {
      document.querySelector<HTMLButtonElement>('button[data-show=all]')?.click()
    }
    for (let one: Element | null = target; one; one = one.parentElement) {
      if (one instanceof HTMLDetailsElement) one.open = true
    }
    target.scrollIntoView()
  }
  addEventListener('hashchange', unfold)
  unfold()
}
