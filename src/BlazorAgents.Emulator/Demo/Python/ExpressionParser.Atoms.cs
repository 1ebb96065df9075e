using System.Globalization;
using System.Numerics;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Calls, indexes, literals and comprehensions.</summary>
internal abstract partial class ExpressionParser
{
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
                ? frame.Machine.Paid(callable([.. arguments.Select(argument => argument(frame))], named.ToDictionary(pair => pair.Name, pair => pair.Value(frame))))
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
        return frame => frame.Machine.Paid(Operators.Slice(whole(frame), from?.Invoke(frame), to?.Invoke(frame), step?.Invoke(frame)));
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

        return frame => frame.Machine.Paid(string.Concat(parts.Select(part => part(frame))));
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
