using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Testing.Specification;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>What is special about a stage.</summary>
internal sealed record StageOptions
{
    /// <summary>Who answers; null for the demo model.</summary>
    public IBrain? Brain { get; init; }

    /// <summary>How fast the demo model writes.</summary>
    public DemoPace Pace { get; init; } = DemoPace.Instant;

    /// <summary>Whether the server still has the Assistants API.</summary>
    public bool ServesAssistants { get; init; } = true;

    /// <summary>What is held against the specification; less where the server breaks it on purpose.</summary>
    public ContractChecks Checks { get; init; } = ContractChecks.All;

    /// <summary>The clients' clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Puts something between the clients and the server.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? Wrap { get; init; }
}
