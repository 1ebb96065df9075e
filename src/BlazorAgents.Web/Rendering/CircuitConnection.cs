using Microsoft.AspNetCore.Components.Server.Circuits;

namespace BlazorAgents.Web.Rendering;

/// <summary>
/// Whether a browser looks at this circuit now. A circuit whose browser has gone is kept for a while in case it comes back;
/// until then nobody sees what it draws.
/// </summary>
public sealed class CircuitConnection : CircuitHandler
{
    private volatile bool _isUp = true;

    /// <summary>False while the browser is away.</summary>
    public bool IsUp => _isUp;

    /// <summary>Raised, on the circuit's thread, when the browser is back.</summary>
    public event Action? CameBack;

    /// <inheritdoc/>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _isUp = false;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (!_isUp)
        {
            _isUp = true;
            CameBack?.Invoke();
        }

        return Task.CompletedTask;
    }
}
