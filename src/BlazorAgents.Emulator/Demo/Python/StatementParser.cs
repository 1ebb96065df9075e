namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Turns statements into functions that run them.</summary>
internal sealed class StatementParser(IReadOnlyList<Token> tokens) : ExpressionParser(tokens)
{
    private static readonly Dictionary<string, string> s_updates = new() { ["+="] = "+", ["-="] = "-", ["*="] = "*", ["/="] = "/", ["//="] = "//", ["%="] = "%", ["**="] = "**" };

    public List<Func<Frame, Flow>> ParseAll()
    {
        var statements = new List<Func<Frame, Flow>>();
        while (Now.Kind != TokenKind.End)
        {
            if (!Try(TokenKind.Line))
            {
                statements.Add(Statement());
            }
        }

        return statements;
    }

    private Func<Frame, Flow> Statement()
    {
        Deepen();
        return Now.Kind != TokenKind.Name ? Simple() : Now.Text switch
        {
            "if" => If(),
            "while" => While(),
            "for" => For(),
            "def" => Function(),
            "with" => With(),
            "class" or "try" or "async" or "match" or "global" or "nonlocal" or "del" or "raise" or "assert" or "yield" when !IsNext("=") => throw PythonError.Unknown($"'{Now.Text}'"),
            _ => Simple(),
        };
    }

    private Func<Frame, Flow> Block()
    {
        Expect(":");
        if (!Try(TokenKind.Line))
        {
            return Simple();
        }

        if (!Try(TokenKind.Indent))
        {
            throw new PythonError("IndentationError", $"expected an indented block (line {Line})");
        }

        var statements = new List<Func<Frame, Flow>>();
        while (!Try(TokenKind.Dedent))
        {
            if (!Try(TokenKind.Line))
            {
                statements.Add(Statement());
            }
        }

        return frame =>
        {
            foreach (var statement in statements)
            {
                if (statement(frame) is not Flow.Next and var flow)
                {
                    return flow;
                }
            }

            return Flow.Next;
        };
    }

    private Func<Frame, Flow> If()
    {
        Take(TokenKind.Name);
        var condition = Expression();
        var then = Block();
        var otherwise = Is("elif") ? If() : Try("else") ? Block() : _ => Flow.Next;
        return frame => Operators.Truth(condition(frame)) ? then(frame) : otherwise(frame);
    }

    private Func<Frame, Flow> While()
    {
        Take(TokenKind.Name);
        var condition = Expression();
        var body = Block();
        return frame =>
        {
            while (Operators.Truth(condition(frame)))
            {
                frame.Machine.Spend();
                if (body(frame) is (Flow.Break or Flow.Return) and var flow)
                {
                    return flow == Flow.Return ? flow : Flow.Next;
                }
            }

            return Flow.Next;
        };
    }

    private Func<Frame, Flow> For()
    {
        Take(TokenKind.Name);
        var target = Target("in");
        Expect("in");
        var items = ExpressionList();
        var body = Block();
        return frame =>
        {
            foreach (var item in Operators.Items(items(frame)).ToList())
            {
                frame.Machine.Spend();
                target(frame, item);
                if (body(frame) is (Flow.Break or Flow.Return) and var flow)
                {
                    return flow == Flow.Return ? flow : Flow.Next;
                }
            }

            return Flow.Next;
        };
    }

    private Func<Frame, Flow> Function()
    {
        Take(TokenKind.Name);
        var name = Take(TokenKind.Name).Text;
        Expect("(");
        var parameters = Parameters(")");
        Expect(")");
        if (Try("->"))
        {
            _ = Expression();
        }

        var body = Block();
        return frame =>
        {
            frame[name] = Closure(frame, parameters, inner => body(inner) == Flow.Return ? inner.Returned : null);
            return Flow.Next;
        };
    }

    private Func<Frame, Flow> With()
    {
        Take(TokenKind.Name);
        var opened = Expression();
        Expect("as");
        var name = Take(TokenKind.Name).Text;
        var body = Block();
        return frame =>
        {
            var file = opened(frame);
            frame[name] = file;
            var flow = body(frame);
            if (Operators.Member(file, "close") is Callable close)
            {
                close([], new Dictionary<string, object?>());
            }

            return flow;
        };
    }

    private Func<Frame, Flow> Simple()
    {
        var statement = Now.Kind == TokenKind.Name ? Now.Text switch
        {
            "import" => Import(),
            "from" => From(),
            "return" => Return(),
            "break" => Word(Flow.Break),
            "continue" => Word(Flow.Continue),
            "pass" => Word(Flow.Next),
            _ => Assignment(),
        } : Assignment();
        if (Try(";") && Now.Kind != TokenKind.Line)
        {
            var next = Simple();
            return frame => statement(frame) is not Flow.Next and var flow ? flow : next(frame);
        }

        Take(TokenKind.Line);
        return statement;
    }

    private Func<Frame, Flow> Word(Flow flow)
    {
        Take(TokenKind.Name);
        return _ => flow;
    }

    private Func<Frame, Flow> Return()
    {
        Take(TokenKind.Name);
        var value = Now.Kind == TokenKind.Line ? _ => null : ExpressionList();
        return frame =>
        {
            frame.Returned = value(frame);
            return Flow.Return;
        };
    }

    private Func<Frame, Flow> Import()
    {
        Take(TokenKind.Name);
        var name = Dotted();
        var alias = Try("as") ? Take(TokenKind.Name).Text : null;
        return frame =>
        {
            frame[alias ?? name.Split('.')[0]] = Modules.Load(alias is null ? name.Split('.')[0] : name, frame.Machine);
            return Flow.Next;
        };
    }

    private Func<Frame, Flow> From()
    {
        Take(TokenKind.Name);
        var module = Dotted();
        Expect("import");
        var names = new List<(string Name, string Alias)>();
        do
        {
            var name = Take(TokenKind.Name).Text;
            names.Add((name, Try("as") ? Take(TokenKind.Name).Text : name));
        }
        while (Try(","));
        return frame =>
        {
            foreach (var (name, alias) in names)
            {
                frame[alias] = Operators.Member(Modules.Load(module, frame.Machine), name);
            }

            return Flow.Next;
        };
    }

    private string Dotted()
    {
        var name = Take(TokenKind.Name).Text;
        while (Try("."))
        {
            name += "." + Take(TokenKind.Name).Text;
        }

        return name;
    }

    private Func<Frame, Flow> Assignment()
    {
        var start = Mark;
        var value = ExpressionList();
        if (s_updates.TryGetValue(Now.Text, out var sign) && Now.Kind == TokenKind.Sign)
        {
            Take(TokenKind.Sign);
            var change = ExpressionList();
            var target = TargetAt(start);
            return frame =>
            {
                frame.Machine.Spend();
                target(frame, Operators.Apply(sign, value(frame), change(frame), frame.Machine));
                return Flow.Next;
            };
        }

        var targets = new List<Action<Frame, object?>>();
        while (Is("=") || Is(":"))
        {
            if (Try(":"))
            {
                _ = Expression();
                continue;
            }

            Expect("=");
            targets.Add(TargetAt(start));
            start = Mark;
            value = ExpressionList();
        }

        return frame =>
        {
            frame.Machine.Spend();
            var result = value(frame);
            targets.ForEach(target => target(frame, result));
            return Flow.Next;
        };
    }
}
