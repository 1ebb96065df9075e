using System.Globalization;
using System.Numerics;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Turns expressions into functions that compute them.</summary>
internal abstract class ExpressionParser(IReadOnlyList<Token> tokens) : ParserBase(tokens)
{
    private static readonly string[][] s_levels = [["+", "-"], ["*", "/", "//", "%"]];
    private static readonly string[] s_comparisons = ["==", "!=", "<", ">", "<=", ">=", "in", "is", "not"];

    /// <summary>One expression of an f-string.</summary>
    public static Func<Frame, object?> ParseOne(string source)
    {
        var parser = new StatementParser(Lexer.Read(source));
        var expression = parser.ExpressionList();
        parser.Take(TokenKind.Line);
        return expression;
    }

    /// <summary>An expression, or a tuple of several.</summary>
    protected Func<Frame, object?> ExpressionList()
    {
        var first = Expression();
        if (!Is(","))
        {
            return first;
        }

        var all = new List<Func<Frame, object?>> { first };
        while (Try(","))
        {
            if (Now.Kind == TokenKind.Line || Is("=") || Is(")") || Is("]") || Is(":"))
            {
                break;
            }

            all.Add(Expression());
        }

        return frame => all.Select(part => part(frame)).ToArray();
    }

    protected Func<Frame, object?> Expression()
    {
        Deepen();
        if (Try("lambda"))
        {
            var parameters = Parameters(":");
            Expect(":");
            var body = Expression();
            return frame => Closure(frame, parameters, body);
        }

        var value = Or();
        if (!Try("if"))
        {
            return value;
        }

        var condition = Or();
        Expect("else");
        var otherwise = Expression();
        return frame => Operators.Truth(condition(frame)) ? value(frame) : otherwise(frame);
    }

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

    private Func<Frame, object?> Or()
    {
        var left = And();
        while (Try("or"))
        {
            var (first, second) = (left, And());
            left = frame => first(frame) is var value && Operators.Truth(value) ? value : second(frame);
        }

        return left;
    }

    private Func<Frame, object?> And()
    {
        var left = Not();
        while (Try("and"))
        {
            var (first, second) = (left, Not());
            left = frame => first(frame) is var value && !Operators.Truth(value) ? value : second(frame);
        }

        return left;
    }

    private Func<Frame, object?> Not()
    {
        Deepen();
        if (Try("not"))
        {
            var value = Not();
            return frame => !Operators.Truth(value(frame));
        }

        return Comparison();
    }

    private Func<Frame, object?> Comparison()
    {
        var first = Binary(0);
        var rest = new List<(string Sign, Func<Frame, object?> Right)>();
        while (s_comparisons.Contains(Now.Text) && Now.Kind is TokenKind.Sign or TokenKind.Name)
        {
            var sign = Now.Text;
            Take(Now.Kind);
            sign += sign == "not" && Try("in") ? " in" : sign == "is" && Try("not") ? " not" : "";
            rest.Add((sign, Binary(0)));
        }

        return rest.Count == 0 ? first : frame =>
        {
            var left = first(frame);
            foreach (var (sign, right) in rest)
            {
                var value = right(frame);
                if (!Operators.Compare(sign, left, value))
                {
                    return false;
                }

                left = value;
            }

            return true;
        };
    }

    private Func<Frame, object?> Binary(int level)
    {
        if (level == s_levels.Length)
        {
            return Unary();
        }

        var left = Binary(level + 1);
        while (Now.Kind == TokenKind.Sign && s_levels[level].Contains(Now.Text))
        {
            var sign = Take(TokenKind.Sign).Text;
            var (first, second) = (left, Binary(level + 1));
            left = frame =>
            {
                frame.Machine.Spend();
                return Operators.Apply(sign, first(frame), second(frame), frame.Machine);
            };
        }

        return left;
    }

    private Func<Frame, object?> Unary()
    {
        Deepen();
        if (Try("-"))
        {
            var value = Unary();
            return frame => Operators.Apply("-", BigInteger.Zero, value(frame), frame.Machine);
        }

        if (Try("+"))
        {
            return Unary();
        }

        var left = Postfix();
        if (!Try("**"))
        {
            return left;
        }

        var power = Unary();
        return frame => Operators.Apply("**", left(frame), power(frame), frame.Machine);
    }

    private Func<Frame, object?> Postfix()
    {
        var value = Atom();
        while (true)
        {
            var whole = value;
            if (Try("."))
            {
                var name = Take(TokenKind.Name).Text;
                value = frame => Operators.Member(whole(frame), name, frame.Machine);
            }
            else if (Try("("))
            {
                value = Call(whole);
            }
            else if (Try("["))
            {
                value = Index(whole);
            }
            else
            {
                return value;
            }
        }
    }

    private Func<Frame, object?> Call(Func<Frame, object?> function)
    {
        var arguments = new List<Func<Frame, object?>>();
        var named = new List<(string Name, Func<Frame, object?> Value)>();
        while (!Is(")"))
        {
            if (Now.Kind == TokenKind.Name && IsNext("="))
            {
                var name = Take(TokenKind.Name).Text;
                Expect("=");
                named.Add((name, Expression()));
            }
            else
            {
                var argument = Expression();
                arguments.Add(Is("for") ? Comprehension(frame => argument(frame)) : argument);
            }

            if (!Try(","))
            {
                break;
            }
        }

        Expect(")");
        return frame =>
        {
            frame.Machine.Spend();
            return function(frame) is Callable callable
                ? callable([.. arguments.Select(argument => argument(frame))], named.ToDictionary(pair => pair.Name, pair => pair.Value(frame)))
                : throw PythonError.Type("the object is not callable");
        };
    }

    private Func<Frame, object?> Index(Func<Frame, object?> whole)
    {
        Func<Frame, object?>? from = Is(":") ? null : Expression();
        if (!Try(":"))
        {
            Expect("]");
            LastIndexed = (whole, from!);
            return frame => Operators.Item(whole(frame), from!(frame));
        }

        Func<Frame, object?>? to = Is("]") || Is(":") ? null : Expression();
        Func<Frame, object?>? step = Try(":") && !Is("]") ? Expression() : null;
        Expect("]");
        return frame => Operators.Slice(whole(frame), from?.Invoke(frame), to?.Invoke(frame), step?.Invoke(frame));
    }

    private Func<Frame, object?> Atom()
    {
        Deepen();
        switch (Now.Kind)
        {
            case TokenKind.Number:
                var number = Number(Take(TokenKind.Number).Text);
                return _ => number;
            case TokenKind.Text or TokenKind.Format:
                return Text();
            case TokenKind.Name:
                return Name(Take(TokenKind.Name).Text);
            case TokenKind.Sign when Try("("):
                return Bracketed();
            case TokenKind.Sign when Try("["):
                return ListOf();
            case TokenKind.Sign when Try("{"):
                return Braces();
            default:
                throw Unexpected("invalid syntax");
        }
    }

    private static Func<Frame, object?> Name(string name) => name switch
    {
        "True" => _ => true,
        "False" => _ => false,
        "None" => _ => null,
        _ => frame => frame[name],
    };

    private Func<Frame, object?> Text()
    {
        var parts = new List<Func<Frame, string>>();
        while (Now.Kind is TokenKind.Text or TokenKind.Format)
        {
            var token = Now;
            Take(token.Kind);
            parts.Add(token.Kind == TokenKind.Text ? _ => token.Text : FormatText.Parse(token.Text));
        }

        return frame => string.Concat(parts.Select(part => part(frame)));
    }

    private Func<Frame, object?> Bracketed()
    {
        if (Try(")"))
        {
            return _ => Array.Empty<object?>();
        }

        var value = Expression();
        value = Is("for") ? Comprehension(value) : Is(",") ? Rest(value) : value;
        Expect(")");
        return value;
    }

    private Func<Frame, object?> Rest(Func<Frame, object?> first)
    {
        var all = new List<Func<Frame, object?>> { first };
        while (Try(",") && !Is(")"))
        {
            all.Add(Expression());
        }

        return frame => all.Select(part => part(frame)).ToArray();
    }

    private Func<Frame, object?> ListOf()
    {
        var all = new List<Func<Frame, object?>>();
        while (!Is("]"))
        {
            var value = Expression();
            if (Is("for"))
            {
                var comprehension = Comprehension(value);
                Expect("]");
                return comprehension;
            }

            all.Add(value);
            if (!Try(","))
            {
                break;
            }
        }

        Expect("]");
        return frame =>
        {
            frame.Machine.Spend(all.Count);
            return all.Select(part => part(frame)).ToList();
        };
    }

    private Func<Frame, object?> Braces()
    {
        var pairs = new List<(Func<Frame, object?> Key, Func<Frame, object?> Value)>();
        while (!Is("}"))
        {
            var key = Expression();
            if (!Try(":"))
            {
                throw PythonError.Unknown("sets");
            }

            var value = Expression();
            if (Is("for"))
            {
                var comprehension = Comprehension(frame => new[] { key(frame), value(frame) });
                Expect("}");
                return frame => Operators.Dictionary(Operators.Items(comprehension(frame)));
            }

            pairs.Add((key, value));
            if (!Try(","))
            {
                break;
            }
        }

        Expect("}");
        return frame => Operators.Dictionary(pairs.Select(pair => (object?)new[] { pair.Key(frame), pair.Value(frame) }));
    }

    /// <summary>"for x in xs if ..." after its value; generators are lists here.</summary>
    private Func<Frame, object?> Comprehension(Func<Frame, object?> value)
    {
        Expect("for");
        var target = Target("in");
        Expect("in");
        var items = Or();
        var conditions = new List<Func<Frame, object?>>();
        while (Try("if"))
        {
            conditions.Add(Or());
        }

        var nested = Is("for") ? Comprehension(value) : null;
        return frame =>
        {
            var inner = frame.Inner();
            var list = new List<object?>();
            foreach (var item in Operators.Items(items(frame)))
            {
                frame.Machine.Spend();
                target(inner, item);
                if (conditions.TrueForAll(condition => Operators.Truth(condition(inner))))
                {
                    list.AddRange(nested is null ? [value(inner)] : Operators.Items(nested(inner)));
                }
            }

            return list;
        };
    }

    private object Number(string text)
    {
        text = text.Replace("_", "", StringComparison.Ordinal);
        return BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real
            : throw PythonError.Syntax($"invalid number '{text}'", Line);
    }
}
