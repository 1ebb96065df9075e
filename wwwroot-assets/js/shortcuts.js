// The shortcuts of the whole app; a page adds its own (Esc to stop, Up to edit) where its parts are.
const typing = 'input, textarea, select, [contenteditable="true"]';

export function onShortcut(event, { dotnet, focusSearch }) {
  if (event.isComposing || event.defaultPrevented) {
    return;
  }
  const command = (event.ctrlKey || event.metaKey) && !event.altKey;
  const key = event.key.toLowerCase();
  if (command && !event.shiftKey && key === 'k') {
    event.preventDefault();
    focusSearch();
  } else if (command && event.shiftKey && key === 'o') {
    event.preventDefault();
    call(dotnet, 'NewConversation');
  } else if (key === '?' && !command && !event.altKey && !event.target.closest?.(typing)) {
    event.preventDefault();
    call(dotnet, 'ShowShortcutsAsync');
  } else if (key === 'arrowdown' || key === 'arrowup') {
    moveInList(event, key === 'arrowdown' ? 1 : -1);
  }
}

function call(dotnet, method) {
  dotnet.invokeMethodAsync(method).catch(() => {}); // without a connection the notice says so
}

function moveInList(event, step) {
  const links = [...document.querySelectorAll('[data-testid="conversation-link"]')];
  const from = links.indexOf(event.target);
  const isSearch = event.target.matches?.('[data-testid="search-box"]');
  if (from < 0 && !(isSearch && step > 0)) {
    return;
  }
  event.preventDefault();
  const to = links[from + step] ?? (step < 0 ? document.querySelector('[data-testid="search-box"]') : null);
  to?.focus();
}
