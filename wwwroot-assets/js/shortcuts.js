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
  } else if (!command && !event.altKey && !event.repeat && pressLetter(event, key)) {
    event.preventDefault();
  } else if (key === 'arrowdown' || key === 'arrowup') {
    moveInList(event, key === 'arrowdown' ? 1 : -1);
  }
}

// A page that listens to letters marks itself with data-keys, and what a letter presses with data-key. Only with the focus in the page, or
// nowhere: what had it may have been taken away.
function pressLetter(event, key) {
  // What is behind an open dialog cannot be seen.
  if (key.length !== 1 || document.querySelector('dialog:modal') || event.target.closest?.(`${typing}, dialog`) && !event.target.matches('input[type="checkbox"]')) {
    return false;
  }
  const page = (event.target === document.body ? document : event.target.closest?.('main'))?.querySelector('[data-keys]');
  const pressed = page && [...page.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(element => element.getClientRects().length > 0);
  if (!pressed) {
    return false;
  }
  if (pressed.matches('input[type="search"]')) {
    pressed.focus();
  } else {
    pressed.click();
  }
  return true;
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
