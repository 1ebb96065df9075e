namespace BlazorAgents.Testing.Specification;

/// <summary>Messages were seen that the specification does not allow; the text names them all.</summary>
public sealed class ContractException(IReadOnlyCollection<ContractViolation> violations)
    : Exception($"{violations.Count} violation(s) of OpenAI's specification:{Environment.NewLine}{string.Join(Environment.NewLine, violations)}")
{
    /// <summary>Every violation, oldest first.</summary>
    public IReadOnlyCollection<ContractViolation> Violations { get; } = violations;
}
