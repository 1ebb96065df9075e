namespace BlazorAgents.Web.Components;

/// <summary>The notices of one circuit; safe to call from any thread.</summary>
public sealed class ToastService(TimeProvider time) : IDisposable
{
    private const int MostShown = 4;
    private static readonly TimeSpan s_shownFor = TimeSpan.FromSeconds(6);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, ITimer> _timers = [];
    private IReadOnlyList<Toast> _toasts = [];

    /// <summary>Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Toast> Toasts => Volatile.Read(ref _toasts);

    /// <summary>Shows a notice for a few seconds.</summary>
    public void Show(string text) => Add(new Toast(Guid.NewGuid(), text, IsError: false));

    /// <summary>Shows an error until it is dismissed.</summary>
    public void ShowError(string text) => Add(new Toast(Guid.NewGuid(), text, IsError: true));

    /// <summary>Removes a notice; one that is gone already is no error.</summary>
    public void Dismiss(Guid id)
    {
        lock (_gate)
        {
            _toasts = [.. _toasts.Where(toast => toast.Id != id)];
            if (_timers.Remove(id, out var timer))
            {
                timer.Dispose();
            }
        }

        Changed?.Invoke();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var timer in _timers.Values)
            {
                timer.Dispose();
            }

            _timers.Clear();
        }
    }

    private void Add(Toast toast)
    {
        lock (_gate)
        {
            _toasts = [.. _toasts.TakeLast(MostShown - 1), toast];
            if (!toast.IsError)
            {
                _timers[toast.Id] = time.CreateTimer(_ => Dismiss(toast.Id), null, s_shownFor, Timeout.InfiniteTimeSpan);
            }
        }

        Changed?.Invoke();
    }
}
