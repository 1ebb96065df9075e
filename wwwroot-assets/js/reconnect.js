// Starts Blazor and heals its connection: retries for ever, and reloads once the server answers if the circuit is gone.
// Blazor's own handler gives up, and loses track when a server that is shutting down takes a connection and drops it.
(() => {
  const notice = document.getElementById('components-reconnect-modal');
  const delays = [250, 500, 1_000, 2_000, 3_000];
  const laterDelay = 5_000;
  const settleTime = 1_000;
  const startPatience = 12_000;
  let healing = false;
  let reloading = false;
  let wake = () => {};

  const pause = milliseconds => new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });

  function show(state, message) {
    notice.className = `connection-notice components-reconnect-${state}`;
    const text = document.getElementById('connection-text');
    if (text.textContent !== message) {
      text.textContent = message;
    }
  }

  async function heal() {
    if (healing || reloading) {
      return;
    }
    healing = true;
    for (let attempt = 0, state = 'lost'; state !== 'connected'; attempt++) {
      show('show', 'Connection lost. Reconnecting…');
      await pause(delays[attempt] ?? laterDelay);
      state = await reconnect();
      if (state === 'rejected') {
        show('rejected', 'The server was restarted. Reloading…');
        return reloadWhenServerAnswers();
      }
    }
    healing = false;
  }

  async function reconnect() {
    try {
      if (!await Blazor.reconnect()) {
        return 'rejected';
      }
      show('hide', '');
      await pause(settleTime);
      return await Blazor.reconnect() ? 'connected' : 'rejected'; // does nothing while the connection holds
    } catch {
      return 'lost';
    }
  }

  async function reloadWhenServerAnswers() {
    if (reloading) {
      return;
    }
    reloading = true;
    for (let wait = 500; !await serverAnswers(); wait = Math.min(wait * 2, laterDelay)) {
      await pause(wait);
    }
    location.reload();
  }

  async function serverAnswers() {
    try {
      return (await fetch('health/live', { cache: 'no-store' })).ok;
    } catch {
      return false;
    }
  }

  Blazor.start({
    ssr: { disableDomPreservation: true }, // full loads between static and interactive pages
    circuit: notice ? { reconnectionHandler: { onConnectionDown: heal, onConnectionUp: () => {} } } : {},
  });

  if (notice) {
    document.getElementById('connection-retry').addEventListener('click', () => wake());
    addEventListener('online', () => wake());
    document.addEventListener('visibilitychange', () => document.hidden || wake());
    // The first connection is not retried by Blazor: without a page after a while, load again.
    setTimeout(() => {
      if (!document.querySelector('main')) {
        show('failed', 'The server does not answer. Trying again…');
        reloadWhenServerAnswers();
      }
    }, startPatience);
  }
})();
