using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>A tool that the server runs by itself while it answers.</summary>
internal interface IHostedTool
{
    /// <summary>Its type in the request, such as file_search.</summary>
    string Kind { get; }

    /// <summary>How the demo's rules see it.</summary>
    ToolSpec Spec { get; }

    /// <summary>Runs one call and writes its item and events. Null: the response ends here, for instance to wait for an approval.</summary>
    Task<string?> RunAsync(ResponseRun run, ToolCall call, CancellationToken ct);
}
