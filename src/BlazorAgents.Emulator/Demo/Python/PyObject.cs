namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>A module or an object of ours: members by name.</summary>
internal sealed record PyObject(string Name, IReadOnlyDictionary<string, object?> Members)
{
    /// <summary>What a for loop sees, or null if it cannot be iterated.</summary>
    public Func<IEnumerable<object?>>? Items { get; init; }
}
