namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Anything that can be called, with positional and named arguments.</summary>
internal delegate object? Callable(IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named);
