// The console: rows that come as one scrolls, and where the focus goes.
let watched = null;
let observer = null;

export function watch(button) {
  if (watched === button && button?.isConnected) {
    return;
  }
  observer?.disconnect();
  watched = button;
  observer = new IntersectionObserver(entries => {
    if (entries.some(entry => entry.isIntersecting)) {
      button.click();
    }
  }, { rootMargin: '600px' });
  if (button?.isConnected) {
    observer.observe(button);
  }
}

// The row where the list is shown, else the request itself: on a narrow screen it stands alone.
export function focusRequest(id, detail) {
  const row = id && document.getElementById(id);
  const target = row && row.getClientRects().length > 0 ? row : detail;
  target?.focus({ preventScroll: target === detail });
  if (target === row) {
    row.scrollIntoView({ block: 'nearest' });
  }
}
