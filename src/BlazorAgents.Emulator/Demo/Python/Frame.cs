using System.Text;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Variables of a program or of one function call, and the limits that all of them share.</summary>
internal sealed class Frame(Frame? outer, Machine machine)
{
    private readonly Dictionary<string, object?> _variables = [];

    public Machine Machine => machine;

    public object? Returned { get; set; }

    public object? this[string name]
    {
        get => _variables.TryGetValue(name, out var value) ? value
            : outer is not null ? outer[name]
            : Builtins.Find(name, machine) ?? throw new PythonError("NameError", $"name '{name}' is not defined");
        set => _variables[name] = value;
    }

    public Frame Inner() => new(this, machine);
}
