namespace BlazorAgents.Agents.Tools;

/// <summary>What a gate says about a call; a closed union.</summary>
public abstract record ToolVerdict
{
    private ToolVerdict()
    {
    }

    /// <summary>The call may run.</summary>
    /// <param name="Key">What the tool is given to recognise the same call again; it stays the same however often the call is tried.</param>
    public sealed record Run(string Key) : ToolVerdict;

    /// <summary>The call waits for a person.</summary>
    /// <param name="RequestId">The request that was made or joined.</param>
    public sealed record Wait(string RequestId) : ToolVerdict;

    /// <summary>The call must not run.</summary>
    /// <param name="ModelText">What the model is told.</param>
    public sealed record Refuse(string ModelText) : ToolVerdict;
}
