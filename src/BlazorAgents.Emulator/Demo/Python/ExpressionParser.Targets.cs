namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Parameters of functions, and targets of loops and assignments.</summary>
internal abstract partial class ExpressionParser
{
    /// <summary>Names (with defaults) up to a closing sign, which is left.</summary>
    protected List<(string Name, Func<Frame, object?>? Default)> Parameters(string end)
    {
        var parameters = new List<(string, Func<Frame, object?>?)>();
        while (!Is(end))
        {
            var name = Take(TokenKind.Name).Text;
            if (end == ")" && Try(":"))
            {
                _ = Expression();
            }

            parameters.Add((name, Try("=") ? Expression() : null));
            if (!Try(","))
            {
                break;
            }
        }

        return parameters;
    }

    protected static Callable Closure(Frame frame, List<(string Name, Func<Frame, object?>? Default)> parameters, Func<Frame, object?> body) => (arguments, named) =>
    {
        Deepen();
        frame.Machine.Spend();
        if (arguments.Count > parameters.Count)
        {
            throw PythonError.Type($"the function takes {parameters.Count} positional arguments but {arguments.Count} were given");
        }

        var inner = frame.Inner();
        foreach (var (index, (name, fallback)) in parameters.Index())
        {
            inner[name] = index < arguments.Count ? arguments[index]
                : named.TryGetValue(name, out var given) ? given
                : fallback is not null ? fallback(frame)
                : throw PythonError.Type($"missing a required argument: '{name}'");
        }

        return body(inner);
    };

    /// <summary>The target of a loop: a name, or several.</summary>
    protected Action<Frame, object?> Target(string end)
    {
        var names = new List<string>();
        var bracket = Try("(");
        do
        {
            names.Add(Take(TokenKind.Name).Text);
        }
        while (Try(",") && !Is(end));
        if (bracket)
        {
            Expect(")");
        }

        return names.Count == 1 ? (frame, value) => frame[names[0]] = value : (frame, value) => Unpack(frame, names, value);
    }

    /// <summary>Reads the tokens from a mark on once more, as the target of an assignment.</summary>
    protected Action<Frame, object?> TargetAt(int mark)
    {
        var end = Mark;
        Mark = mark;
        var target = AssignmentTarget();
        Mark = end;
        return target;
    }

    private static void Unpack(Frame frame, List<string> names, object? value)
    {
        var parts = Operators.Items(value).ToList();
        if (parts.Count != names.Count)
        {
            throw PythonError.Value($"expected {names.Count} values to unpack, got {parts.Count}");
        }

        foreach (var (name, part) in names.Zip(parts))
        {
            frame[name] = part;
        }
    }

    private Action<Frame, object?> AssignmentTarget()
    {
        if (Now.Kind == TokenKind.Name && IsNext(",") || Is("("))
        {
            return Target("=");
        }

        if (Now.Kind == TokenKind.Name && (IsNext("=") || IsNext(":") || IsNext("+=") || IsNext("-=") || IsNext("*=") || IsNext("/=") || IsNext("//=") || IsNext("%=") || IsNext("**=")))
        {
            var name = Take(TokenKind.Name).Text;
            return (frame, value) => frame[name] = value;
        }

        LastIndexed = null;
        _ = Postfix();
        return LastIndexed is { } indexed
            ? (frame, value) => Operators.SetItem(indexed.Whole(frame), indexed.Index(frame), value)
            : throw Unexpected("cannot assign to this expression");
    }

    private (Func<Frame, object?> Whole, Func<Frame, object?> Index)? LastIndexed { get; set; }
}
