using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace BlazorAgents.Web.Security;

/// <summary>Lets a person's circuits in up to the limit; one beyond it renders <see cref="CircuitGate"/>'s notice and nothing else.</summary>
/// <remarks>Not by failing here, which the browser would show as a crash, and not by dropping its calls, which also draw the notice.</remarks>
internal sealed partial class CircuitAdmissionHandler(
    CircuitAdmission admission, CircuitCounter counter, AuthenticationStateProvider authentication, ILogger<CircuitAdmissionHandler> logger)
    : CircuitHandler
{
    private string? _userId;

    // Before any other handler: they may ask for the current user.
    public override int Order => -1000;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        if (ActingUser.From(state.User) is { } user && counter.TryEnter(user.Id))
        {
            _userId = user.Id;
            admission.State = CircuitState.Admitted;
            return;
        }

        admission.State = CircuitState.Refused;
        LogRefused(logger, ActingUser.From(state.User)?.Id ?? "nobody");
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _userId, null) is { } userId)
        {
            counter.Leave(userId);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Refused a circuit of {UserId}: too many are open")]
    private static partial void LogRefused(ILogger logger, string userId);
}
