/** Buttons of which one is pressed: the style sheet shows what its `data-show` says. */
export function prepareFilters(): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('button[data-show]')]
  const main = document.querySelector('main')
  for (const button of buttons) {
    button.addEventListener('click', () => {
      for (const one of buttons) one.setAttribute('aria-pressed', String(one === button))
      if (main) main.dataset['show'] = button.dataset['show'] ?? 'all'
    })
  }
}
