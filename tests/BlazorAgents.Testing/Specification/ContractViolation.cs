namespace BlazorAgents.Testing.Specification;

/// <summary>One place where a message differs from the specification.</summary>
/// <param name="Subject">The message, such as "createResponse request" or "createRun event thread.run.created".</param>
/// <param name="Path">Where in its JSON, such as "$.messages[0].content".</param>
/// <param name="Problem">What was expected, and what was there.</param>
public sealed record ContractViolation(string Subject, string Path, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Subject}: {Path}: {Problem}";
}
