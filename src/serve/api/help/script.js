// Offers what was asked before while somebody types. Without it everything works by buttons.
for (const field of document.querySelectorAll('[data-similar]')) {
  const place = document.getElementById('similar')
  let waiting = 0
  let asked = null
  field.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => void look(), 180)
  })
  const look = async () => {
    asked?.abort()
    asked = new AbortController()
    const text = field.value.trim()
    if (text.length < 3) {
      place.replaceChildren()
      return
    }
    try {
      // oxlint-disable-next-line no-restricted-globals -- this runs in the visitor's browser
      const answer = await fetch(`${field.dataset.similar}?q=${encodeURIComponent(text)}`, { signal: asked.signal })
      // It comes escaped from the server that made this page.
      if (answer.ok) place.innerHTML = await answer.text()
    } catch {
      // A newer word was typed, or there is no network: the button still searches.
    }
  }
}
