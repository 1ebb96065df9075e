const watched = new WeakSet();

export function show(dialog) {
  if (!watched.has(dialog)) {
    watched.add(dialog);
    // A press on the backdrop lands on the dialog itself; one that began inside (selecting text) does not count.
    dialog.addEventListener('pointerdown', event => {
      if (event.target === dialog) {
        dialog.close();
      }
    });
  }
  if (!dialog.open) {
    // A menu that is still closing gives the focus back to its button now; after showModal the dialog would never return it.
    document.querySelector('.menu:popover-open')?.hidePopover();
    dialog.showModal();
    dialog.querySelector('[autofocus]')?.focus();
    dialog.querySelector('[autofocus]')?.select?.();
  }
}

export function close(dialog) {
  dialog.close();
}
