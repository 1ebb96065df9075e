using System.Numerics;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Turns expressions into functions that compute them.</summary>
internal abstract partial class ExpressionParser(IReadOnlyList<Token> tokens) : ParserBase(tokens)
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
}
