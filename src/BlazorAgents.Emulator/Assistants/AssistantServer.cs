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
        RunPython = options.RunPython ?? ((_, _) => Task.FromResult("This server has no Python, so the code was not run."));
    }

    public bool IsOn { get; }

    public EmulatorState State { get; }

    public AssistantStore Store { get; }

    public RunEngine Runs { get; }

    /// <summary>What a program prints.</summary>
    public Func<string, CancellationToken, Task<string>> RunPython { get; }

    /// <summary>The server's own services, which outlive a request.</summary>
    public IServiceProvider Services { get; }

    public static AssistantServer Of(Exchange exchange) => exchange.Http.RequestServices.GetRequiredService<AssistantServer>();

    public ValueTask DisposeAsync() => Runs.DisposeAsync();
}
