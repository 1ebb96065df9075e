using System.Text;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Cuts Python source into tokens, with line ends and indentation.</summary>
internal sealed class Lexer(string source)
{
    private static readonly string[] s_signs =
        ["**=", "//=", "==", "!=", "<=", ">=", "**", "//", "+=", "-=", "*=", "/=", "%=", "->", "+", "-", "*", "/", "%", "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "!"];

    private readonly List<Token> _tokens = [];
    private readonly Stack<int> _indents = new([0]);
    private int _at;
    private int _line = 1;
    private int _depth;

    public static IReadOnlyList<Token> Read(string source) => new Lexer(source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\t", "    ", StringComparison.Ordinal)).ReadAll();

    private char Now => _at < source.Length ? source[_at] : '\0';

    private List<Token> ReadAll()
    {
        Indent();
        while (_at < source.Length)
        {
            ReadOne();
        }

        Add(TokenKind.Line, "");
        while (_indents.Pop() > 0)
        {
            Add(TokenKind.Dedent, "");
        }

        Add(TokenKind.End, "");
        return _tokens;
    }

    private void ReadOne()
    {
        if (Now == '\n')
        {
            _at++;
            _line++;
            if (_depth == 0)
            {
                Add(TokenKind.Line, "");
                Indent();
            }
        }
        else if (Now is ' ')
        {
            _at++;
        }
        else if (Now == '#')
        {
            _at = source.IndexOf('\n', _at) is >= 0 and var end ? end : source.Length;
        }
        else if (Now is '"' or '\'' || (char.ToLowerInvariant(Now) is 'f' or 'r' && _at + 1 < source.Length && source[_at + 1] is '"' or '\''))
        {
            Text();
        }
        else if (char.IsAsciiDigit(Now) || (Now == '.' && _at + 1 < source.Length && char.IsAsciiDigit(source[_at + 1])))
        {
            Take(TokenKind.Number, character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' || (character is '+' or '-' && source[_at - 1] is 'e' or 'E'));
        }
        else if (char.IsLetter(Now) || Now == '_')
        {
            Take(TokenKind.Name, character => char.IsLetterOrDigit(character) || character == '_');
        }
        else
        {
            Sign();
        }
    }

    /// <summary>At the start of a line: blank lines do not count.</summary>
    private void Indent()
    {
        while (true)
        {
            var start = _at;
            while (Now == ' ')
            {
                _at++;
            }

            if (Now == '#')
            {
                _at = source.IndexOf('\n', _at) is >= 0 and var end ? end : source.Length;
            }

            if (_at >= source.Length)
            {
                return;
            }

            if (Now != '\n')
            {
                Level(_at - start);
                return;
            }

            _at++;
            _line++;
        }
    }

    private void Level(int width)
    {
        if (width > _indents.Peek())
        {
            _indents.Push(width);
            Add(TokenKind.Indent, "");
        }

        while (width < _indents.Peek())
        {
            _indents.Pop();
            Add(TokenKind.Dedent, "");
        }

        if (width != _indents.Peek())
        {
            throw new PythonError("IndentationError", $"unindent does not match any outer indentation level (line {_line})");
        }
    }

    private void Take(TokenKind kind, Func<char, bool> belongs)
    {
        var start = _at++;
        while (_at < source.Length && belongs(Now))
        {
            _at++;
        }

        Add(kind, source[start.._at]);
    }

    private void Text()
    {
        var prefix = char.ToLowerInvariant(Now);
        _at += prefix is 'f' or 'r' ? 1 : 0;
        var quote = source.AsSpan(_at).StartsWith(new string(Now, 3)) ? new string(Now, 3) : new string(Now, 1);
        _at += quote.Length;
        var text = new StringBuilder();
        while (!source.AsSpan(Math.Min(_at, source.Length)).StartsWith(quote))
        {
            if (_at >= source.Length || (Now == '\n' && quote.Length == 1))
            {
                throw PythonError.Syntax("unterminated string literal", _line);
            }

            _line += Now == '\n' ? 1 : 0;
            if (Now == '\\' && prefix != 'r' && _at + 1 < source.Length)
            {
                text.Append(source[++_at] switch { 'n' => "\n", 't' => "\t", '\n' => "", '\\' => "\\", '\'' => "'", '"' => "\"", var other => "\\" + other });
            }
            else
            {
                text.Append(Now);
            }

            _at++;
        }

        _at += quote.Length;
        Add(prefix == 'f' ? TokenKind.Format : TokenKind.Text, text.ToString());
    }

    private void Sign()
    {
        var sign = s_signs.FirstOrDefault(sign => source.AsSpan(_at).StartsWith(sign)) ?? throw PythonError.Syntax($"invalid character '{Now}'", _line);
        _depth += sign is "(" or "[" or "{" ? 1 : sign is ")" or "]" or "}" ? -1 : 0;
        _at += sign.Length;
        Add(TokenKind.Sign, sign);
    }

    private void Add(TokenKind kind, string text) => _tokens.Add(new Token(kind, text, _line));
}
