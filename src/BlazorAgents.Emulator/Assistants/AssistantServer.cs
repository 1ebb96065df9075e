using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>The Assistants API of one server: what it keeps, and the runs under way.</summary>
internal sealed class AssistantServer : IAsyncDisposable
{
    public AssistantServer(EmulatorOptions options, IServiceProvider services)
    {
        IsOn = options.ServesAssistants;
        Services = services;
        State = services.GetRequiredService<EmulatorState>();
        Store = new AssistantStore(State, State.Storage, options.TimeProvider);
        Runs = new RunEngine(this, options.Pace, options.TimeProvider);
    }

    public bool IsOn { get; }

    public EmulatorState State { get; }

    public AssistantStore Store { get; }

    public RunEngine Runs { get; }

    /// <summary>The server's own services, which outlive a request.</summary>
    public IServiceProvider Services { get; }

    public static AssistantServer Of(Exchange exchange) => exchange.Http.RequestServices.GetRequiredService<AssistantServer>();

    public ValueTask DisposeAsync() => Runs.DisposeAsync();
}
