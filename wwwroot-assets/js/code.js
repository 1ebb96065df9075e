// Buttons inside rendered Markdown: copy, wrap and fold of code blocks, and images that load only when asked for. One listener for the
// whole document, because answers are drawn and drawn again while they stream.

const attached = new WeakSet();
const webSchemes = new Set(['http:', 'https:']);
let announcer;

/** Listens for clicks below a root; attaching twice does nothing. */
export function attach(root) {
  if (attached.has(root)) {
    return;
  }
  attached.add(root);
  root.addEventListener('click', onClick);
}

function onClick(event) {
  if (!(event.target instanceof Element)) {
    return;
  }
  const button = event.target.closest('button[data-code], button.md-image');
  if (!button) {
    return;
  }
  if (button.classList.contains('md-image')) {
    showImage(button);
    return;
  }
  const block = button.closest('.md-code');
  const action = { copy, wrap, fold }[button.dataset.code];
  if (block && action) {
    action(block, button);
  }
}

async function copy(block, button) {
  const text = block.querySelector('pre').textContent.replace(/\n$/, '');
  const done = await writeClipboard(text);
  announce(done ? 'Copied' : 'Copying failed');
  if (done) {
    button.dataset.done = 'true';
    setTimeout(() => delete button.dataset.done, 1500);
  }
}

async function writeClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// Without a secure context there is no clipboard object: the old way still works there.
function copyBySelection(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('aria-hidden', 'true');
  area.className = 'md-offscreen';
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    focused?.focus?.({ preventScroll: true });
  }
}

function wrap(block, button) {
  const on = block.classList.toggle('md-wrapped');
  button.setAttribute('aria-pressed', String(on));
}

function fold(block, button) {
  const folded = block.classList.toggle('md-folded');
  const label = folded ? 'Unfold code' : 'Fold code';
  button.setAttribute('aria-label', label);
  button.title = label;
  announce(folded ? 'Folded' : 'Unfolded');
}

function showImage(button) {
  const url = webAddress(button.dataset.src);
  if (!url) {
    return;
  }
  if (button.dataset.state === 'shown') {
    window.open(url.href, '_blank', 'noopener,noreferrer');
    return;
  }
  if (button.dataset.state === 'loading') {
    return;
  }
  button.dataset.state = 'loading';
  const image = document.createElement('img');
  image.referrerPolicy = 'no-referrer';
  image.decoding = 'async';
  image.alt = button.dataset.alt ?? '';
  image.addEventListener('load', () => {
    button.dataset.state = 'shown';
    button.title = 'Open image in a new tab';
    button.replaceChildren(image);
  });
  image.addEventListener('error', () => {
    button.dataset.state = 'failed';
    button.title = `The image from ${url.host} could not be loaded`;
    announce(button.title);
  });
  image.src = url.href;
}

function webAddress(text) {
  try {
    const url = new URL(text ?? '');
    return webSchemes.has(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

// Outside every message: an answer's text is the answer and nothing else.
function announce(text) {
  if (!announcer?.isConnected) {
    announcer = document.createElement('div');
    announcer.className = 'md-offscreen';
    announcer.setAttribute('role', 'status');
    announcer.setAttribute('aria-live', 'polite');
    document.body.append(announcer);
  }
  announcer.textContent = '';
  requestAnimationFrame(() => { announcer.textContent = text; });
}

attach(document);
