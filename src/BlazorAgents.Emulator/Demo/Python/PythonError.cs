namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>An error as Python names it, such as NameError.</summary>
internal sealed class PythonError(string kind, string message) : Exception($"{kind}: {message}")
{
    public static PythonError Syntax(string message, int line) => new("SyntaxError", $"{message} (line {line})");

    public static PythonError Type(string message) => new("TypeError", message);

    public static PythonError Value(string message) => new("ValueError", message);

    /// <summary>Python that this evaluator does not know.</summary>
    public static PythonError Unknown(string what) => new("NotImplementedError", $"the offline demo's small Python does not know {what}");
}
