namespace BlazorAgents.Agents.Structured;

/// <summary>One step of a streamed run whose answer has a form.</summary>
public sealed class StructuredUpdate<T>
{
    private readonly StructuredFormat _format;
    private readonly PartialJsonSnapshot _snapshot;
    private string? _partialJson;

    internal StructuredUpdate(AgentUpdate update, StructuredFormat format, PartialJsonSnapshot snapshot, StructuredAnswer? answer = null)
    {
        (Update, _format, _snapshot) = (update, format, snapshot);
        if (answer is not null)
        {
            (HasValue, Value) = (true, answer.ValueAs<T>());
        }
    }

    /// <summary>The step itself.</summary>
    public AgentUpdate Update { get; }

    /// <summary>
    /// What is written of the answer so far, completed to valid JSON that is not checked yet; null while there is nothing. It starts anew
    /// with each model call. Made when it is first asked for, which must be before the next step is.
    /// </summary>
    public string? PartialJson => _partialJson ??= _format.Unwrap(_snapshot.ToString());

    /// <summary>This is the last step, and <see cref="Value"/> is there.</summary>
    public bool HasValue { get; }

    /// <summary>The checked value, with the last step.</summary>
    public T? Value { get; }
}
