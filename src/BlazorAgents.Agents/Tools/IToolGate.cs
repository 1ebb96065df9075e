namespace BlazorAgents.Agents.Tools;

/// <summary>Decides which calls run, and keeps the journal of those that do. Without a gate only tools that ask for approval wait.</summary>
public interface IToolGate
{
    /// <summary>
    /// Looks at the valid calls of one model step before any of them runs; one verdict for each, in order. A call that may run is
    /// journalled when this returns: what happens after is a call that began.
    /// </summary>
    Task<IReadOnlyList<ToolVerdict>> ReviewAsync(IReadOnlyList<ToolRequest> requests, CancellationToken cancellationToken);

    /// <summary>A call that was let through has ended. Called once for each, also when the run was stopped.</summary>
    Task EndAsync(ToolRequest request, ToolOutcome outcome, TimeSpan duration, CancellationToken cancellationToken);
}
