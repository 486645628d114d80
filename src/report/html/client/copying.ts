const shownMs = 1500

/** The button beside the command; absent where the browser lets nobody copy. */
export function prepareCopying(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-copy]')
  const code = button?.previousElementSibling
  if (!button || !code || !window.isSecureContext) return
  button.hidden = false
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(code.textContent ?? '').then(
      () => tell(button, 'Copied'),
      () => tell(button, 'Not allowed'),
    )
  })
}

function tell(button: HTMLButtonElement, text: string): void {
  button.textContent = text
  setTimeout(() => {
    button.textContent = 'Copy'
  }, shownMs)
}
